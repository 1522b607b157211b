using System.Globalization;
using KernelSim.Tool.Lab.Grading.Answers;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>Reads a trace as one reads strace's output.</summary>
internal sealed class TraceTask : AnswersTask
{
    /// <inheritdoc/>
    public override string Name => "trace";

    /// <inheritdoc/>
    public override string Title => "answers from a trace";

    /// <inheritdoc/>
    public override string File => "trace-answers.json";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override bool TryFindAnswers(TaskRun run, out IReadOnlyList<AnswerField> fields, out string problem)
    {
        TraceQuestion question = new(run.Folder.Seed);
        fields = [];
        if (!run.Hosts.Run(new ScriptJob(), question.Input, out ScriptFacts? facts, out problem))
        {
            return false;
        }

        string Tail(string filter) => $"kernelsim trace tail {filter} -- kernelsim script {TraceQuestion.ScriptFile} --cpus {question.Cpus}";
        ScriptCallFact refused = facts!.Calls.First(c => c.Refusal is not null);
        ScriptCallFact lookup = facts.Calls.First(c => c.Op == "map_lookup_batch" && c.Ret == 0);
        fields =
        [
            new("ioctls", 5, Digits(facts.Ioctls.Count()), "the number of IOCTLs of the whole script", Tail("--event IoctlStart")),
            new(
                "largest_request",
                5,
                Digits(facts.Ioctls.Max(i => i.Input)),
                "the bytes of the longest request",
                Tail("--event IoctlStart")),
            new(
                "bytes_out",
                5,
                Digits(lookup.Copies.Where(c => c.Stage == "BufferOut").Sum(c => c.Bytes)),
                "the bytes that the successful batch look-up copied out of the kernel",
                Tail("--event Copy")),
            new("refused_line", 4, Digits(refused.Line), "the number of the line that a check refused", Tail("--level warning")),
            new("refused_check", 3, refused.Refusal!.Check, "the id of that check", Tail("--level warning")),
            new(
                "crossed",
                3,
                refused.Ioctls.Count > 0 ? "yes" : "no",
                "yes if the refused call reached the kernel, no if it did not",
                Tail("--event IoctlStart")),
        ];
        return true;
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
