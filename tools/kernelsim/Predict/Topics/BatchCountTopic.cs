using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>What a batch that fails has done before: the count after the call.</summary>
internal sealed class BatchCountTopic : ITopic
{
    private const int New = 1;
    private const int Existing = 2;

    /// <inheritdoc/>
    public string Name => "batch-count";

    /// <inheritdoc/>
    public string Predicts => "how many elements of a batch are done, also when it fails";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        int[] present = draw.Numbers(draw.Number(3, 8), 1, 24);
        int[] absent = [.. Enumerable.Range(1, 24).Except(present)];
        int length = draw.Number(4, 12);

        // Most of the keys suit the call, so that it fails late or not at all.
        bool wantsPresent = draw.Number(0, 1) == 0;
        (int[] suitable, int[] other) = wantsPresent ? (present, absent) : (absent, present);
        length = Math.Min(length, suitable.Length + 1);
        List<int> keys = [.. draw.Some(suitable, Math.Min(length, suitable.Length))];
        for (int misses = draw.Number(0, 2); misses > 0; misses--)
        {
            keys[draw.Number(0, keys.Count - 1)] = draw.OneOf(other);
        }

        bool deletes = wantsPresent && draw.Number(0, 1) == 0;
        return new ScriptQuestion(
            new MachineSettings { Cpus = 4 },
            [
                CallLine.Create("hash", "m", 1, 1, 64),
                CallLine.Of(
                    "map_update_batch",
                    ("fd", "m"),
                    ("keys", CallLine.Le(present, 1)),
                    ("values", CallLine.Le(present, 1)),
                    ("count", present.Length)),
                deletes
                    ? CallLine.Of("map_delete_batch", ("fd", "m"), ("keys", CallLine.Le(keys, 1)), ("count", keys.Count))
                    : CallLine.Of(
                        "map_update_batch",
                        ("fd", "m"),
                        ("keys", CallLine.Le(keys, 1)),
                        ("values", CallLine.Le(keys, 1)),
                        ("count", keys.Count),
                        ("elem_flags", wantsPresent ? Existing : New)),
            ],
            "What is in the program's count variable after the last call? The checked library writes how many elements are done.",
            AnswerForm.Number,
            played => Words.N(played.Number("count")),
            played => played.Returned == "0"
                ? "Every key suits the call: the batch is done to its end."
                : $"A batch stops at the first element that fails, here with {played.Returned}. The "
                    + $"{Words.Of(played.Number("count"), "element")} before it stay "
                    + "done, and none after it is tried.");
    }
}
