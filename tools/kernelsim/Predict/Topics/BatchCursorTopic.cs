using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Where a batch look-up goes on.</summary>
internal sealed class BatchCursorTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "batch-cursor";

    /// <inheritdoc/>
    public string Predicts => "what the next look-up with the cursor returns";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        int entries = draw.Number(8, 40);
        List<string> lines = [CallLine.Create(draw.OneOf("array", "percpu_array"), "a", 4, 4, entries)];
        int done = 0;
        int calls = draw.Number(1, 3);
        for (int i = 0; i < calls && entries - done > 3; i++)
        {
            int count = draw.Number(2, Math.Max(2, (entries - done) / 2));
            bool restarts = i > 0 && draw.Number(0, 4) == 0;
            done = restarts ? count : done + count;
            lines.Add(Lookup(count, restarts ? "start" : i == 0 ? null : "next"));
        }

        lines.Add(Lookup(draw.Number(2, entries), "next"));
        bool asksForCount = draw.Number(0, 1) == 0;
        return new ScriptQuestion(
            new MachineSettings { Cpus = draw.OneOf(2, 4) },
            lines,
            asksForCount ? "How many elements does the last call return?" : "Which is the first key that the last call returns, as a number?",
            AnswerForm.Number,
            played => asksForCount ? Words.N(played.Number("count")) : played.LittleEndian("keys", 0, sizeof(int)),
            played => $"The keys of an array are its indexes, in order, and the cursor is the last key that was returned. The call goes on with key "
                + $"{played.LittleEndian("keys", 0, sizeof(int))} and returns {Words.Of(played.Number("count"), "element")}: at most as many "
                + "as there is room "
                + "for, and at most as many as are left.");
    }

    private static string Lookup(int count, string? cursor) => CallLine.Of("map_lookup_batch", ("fd", "a"), ("count", count), ("cursor", cursor));
}
