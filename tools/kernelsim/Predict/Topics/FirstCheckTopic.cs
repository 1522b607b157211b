using KernelSim.Protocol.Checks;
using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>A call with several mistakes: the checks have an order.</summary>
internal sealed class FirstCheckTopic : ITopic
{
    private static readonly Func<QuestionDraw, MistakenCall>[] s_calls = [LookupBatch, UpdateBatch, Update, Create, Create];

    /// <inheritdoc/>
    public string Name => "first-check";

    /// <inheritdoc/>
    public string Predicts => "which check refuses a call that makes several mistakes";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        MistakenCall call = draw.OneOf(s_calls)(draw);
        string[] checks = draw.Some([.. call.Checks], call.Checks.Count);
        return new ScriptQuestion(
            new MachineSettings { Cpus = draw.OneOf(2, 4, 8) },
            call.Lines,
            "The last call makes more than one mistake. Which check refuses it?",
            AnswerForm.Choice(checks),
            played => played.Check,
            played => RefusalWords.Of(played, played.Check) + " Cheaper checks come first, and those that need the map's definition or the "
                + "driver later.")
        {
            Choices = [.. checks.Select(c => CheckTable.Find(c)!.Text)],
        };
    }

    private static MistakenCall LookupBatch(QuestionDraw draw)
    {
        (string, object?)[] mistakes = draw.Some<(string, object?)>(
            [("flags", draw.Number(1, 9)), ("elem_flags", draw.Number(4, 9)), ("values_size", 8)], 2);
        return new(
            [
                CallLine.Create("percpu_hash", "m", 4, draw.OneOf(8, 12), 16),
                CallLine.Of("map_lookup_batch", [("fd", "m"), ("count", draw.Number(0, 3) == 0 ? 0 : draw.Number(3, 9)), .. mistakes]),
            ],
            ["api.batch.flags", "api.batch.elem_flags", "api.batch.count", "api.lookup_batch.values_size"]);
    }

    private static MistakenCall UpdateBatch(QuestionDraw draw)
    {
        bool[] wrong = draw.Some([true, true, draw.Number(0, 1) == 0, false], 4);
        return new(
            [
                CallLine.Create("hash", "m", 4, 8, 16),
                CallLine.Of(
                    "map_update_batch",
                    ("fd", "m"),
                    ("keys", CallLine.Le([1, 2], wrong[0] ? 2 : 4)),
                    ("values", CallLine.Le([1, 2], wrong[1] ? 4 : 8)),
                    ("count", 2),
                    ("elem_flags", wrong[2] ? draw.Number(5, 9) : null),
                    ("flags", wrong[3] ? draw.Number(1, 9) : null)),
            ],
            ["api.update_batch.keys_size", "api.update_batch.values_size", "api.update_flags", "api.batch.flags"]);
    }

    private static MistakenCall Update(QuestionDraw draw)
    {
        bool[] wrong = draw.Some([true, true, draw.Number(0, 1) == 0], 3);
        return new(
            [
                CallLine.Create("hash", "m", 4, 8, 16),
                CallLine.Of(
                    "map_update_elem",
                    ("fd", "m"),
                    ("key", CallLine.Le(1, wrong[0] ? draw.Number(1, 3) : 4)),
                    ("value", CallLine.Le(1, wrong[1] ? draw.Number(1, 7) : 8)),
                    ("flags", wrong[2] ? draw.Number(5, 9) : null)),
            ],
            ["api.update.key_size", "api.update.value_size", "api.update_flags"]);
    }

    private static MistakenCall Create(QuestionDraw draw)
    {
        bool[] wrong = draw.Some([true, true, draw.Number(0, 1) == 0, false], 4);
        return new(
            [
                CallLine.Of(
                    "map_create",
                    ("type", draw.OneOf("hash", "percpu_hash")),
                    ("name", "m"),
                    ("key_size", wrong[0] ? 0 : draw.Number(1, 9)),
                    ("value_size", wrong[1] ? 0 : draw.Number(1, 9)),
                    ("max_entries", wrong[2] ? 0 : draw.Number(1, 9)),
                    ("flags", wrong[3] ? draw.Number(4, 9) : null)),
            ],
            ["map.create.key_size", "map.create.value_size", "map.create.max_entries", "api.map_create.flags"]);
    }

    /// <param name="Lines">The script.</param>
    /// <param name="Checks">Ids of the checks that may refuse the last line.</param>
    private sealed record MistakenCall(IReadOnlyList<string> Lines, IReadOnlyList<string> Checks);
}
