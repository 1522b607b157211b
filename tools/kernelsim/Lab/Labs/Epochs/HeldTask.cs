using System.Globalization;
using KernelSim.Tool.Lab.Grading.Answers;
using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>Finds in a trace which reader held memory back, and until when.</summary>
internal sealed class HeldTask : AnswersTask
{
    /// <summary>The trace in the lab's folder.</summary>
    public const string TraceFile = "epochs.nettrace";

    /// <inheritdoc/>
    public override string Name => "trace";

    /// <inheritdoc/>
    public override string Title => "a reader that held memory back, found in a trace";

    /// <inheritdoc/>
    public override string File => "trace-answers.json";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override bool TryFindAnswers(TaskRun run, out IReadOnlyList<AnswerField> fields, out string problem)
    {
        fields = [];
        if (!run.Hosts.Run(new HeldReaderJob(), new HeldInput(run.Folder.Seed, File: null), out HeldFacts? facts, out problem))
        {
            return false;
        }

        string events = $"kernelsim trace events {TraceFile} --event EpochAdvance";
        fields =
        [
            new(
                "request",
                4,
                Text((long)facts!.Request),
                "the number of the request that began, and ended only after several EpochAdvance",
                $"{events} --event IoctlStart --event IoctlStop"),
            new("reader_epoch", 6, Text(facts.ReaderEpoch), "the epoch that was the newest when it began", $"{events} --event IoctlStart"),
            new(
                "retired",
                5,
                Text(facts.Retired),
                "the number of EpochRetire between its IoctlStart and its IoctlStop",
                $"{events} --event EpochRetire --event IoctlStop"),
            new("in_vain", 5, Text(facts.InVain), "the number of EpochAdvance meanwhile that freed nothing", $"{events} --event IoctlStop"),
            new(
                "freed_epoch",
                5,
                Text(facts.FreedEpoch),
                "the released epoch of the first EpochAdvance after its IoctlStop that freed blocks",
                $"{events} --event IoctlStop"),
        ];
        return true;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
