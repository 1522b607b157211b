using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.Tool.Trace.Why;

/// <summary>The story of a failure for people.</summary>
/// <param name="console">The console to write to.</param>
internal sealed class WhyText(ToolConsole console)
{
    private const int Indent = 10;

    private readonly Page _page = new(console);

    /// <summary>Writes it.</summary>
    public void Write(FailureStory story, LossReport losses)
    {
        LossText.Write(console.Out, losses);
        console.Out.WriteLine();
        _page.Heading($"Request {story.Request.Id}: {VisibleText.Escape(WhyWords.Call(story))}", first: true);
        Say("Outcome", WhyWords.Outcome(story));
        Say("Why", WhyWords.Why(story));
        if (story.Fault is { } fault)
        {
            Say("Where", WhyWords.Where(fault, story.Request));
        }

        Chain(story);
        Moved(story);
        Witnesses(story.Request.Witnesses);
        if (WhyWords.Fix(story) is { } fix)
        {
            _page.Heading("Fix");
            _page.Paragraph(VisibleText.Escape(fix), 2);
        }
    }

    private void Say(string label, string text) => _page.Paragraph(VisibleText.Escape(text), Indent, label);

    private void Chain(FailureStory story)
    {
        TextTable table = new("event", "step", "is", "where");
        foreach (CauseStep step in story.Chain())
        {
            table.Add(step.Position < 0 ? string.Empty : step.Position, step.Kind, VisibleText.Escape(step.Name), VisibleText.Escape(step.Where));
        }

        if (story.Chain().Any())
        {
            _page.Heading("From what the program saw back to the cause");
            table.WriteTo(console);
        }
    }

    private void Moved(FailureStory story)
    {
        if (story.Copies is not { Count: > 0 } runs)
        {
            _page.Heading(
                !story.Coverage.HasCopies ? "What moved is unknown: the recording shows no copies; --profile verbose records them"
                : !story.IsComplete ? "No byte is known to have moved, and events of the trace are missing"
                : story.Kind == FailureKind.None ? "No byte moved" : "No byte had moved before");
            return;
        }

        TextTable table = new("event", "stage", "copies", "elements", "bytes", "from", "to");
        foreach (LedgerRun run in runs)
        {
            long elements = run.First.Element < 0 ? 0 : run.Last.Element - run.First.Element + 1;
            table.Add(
                run.First.Event.Position,
                VisibleText.Escape(run.First.Stage),
                run.Rows.Count,
                elements,
                run.Bytes,
                EventText.Hex(run.First.Source),
                EventText.Hex(run.First.Destination));
        }

        string shown = story.Coverage.HasCopies ? string.Empty : ", as far as the recording shows copies";
        _page.Heading((story.Kind is FailureKind.Fault or FailureKind.Refused ? "What had moved before" : "What moved") + shown);
        table.WriteTo(console);
    }

    private void Witnesses(Witnesses witnesses)
    {
        // A single witness cannot agree or disagree.
        if (witnesses.All.Count(w => w.Total is not null) < 2)
        {
            return;
        }

        (Witness Left, Witness Right)? odd = witnesses.FirstDisagreement;
        TextTable table = new("witness", "stride", "CPUs", "bytes a value", "", "by what it did");
        foreach (Witness w in witnesses.All)
        {
            string mark = odd is { } pair && (pair.Left == w || pair.Right == w) ? "<" : string.Empty;
            table.Add(WhyWords.Name(w.Party), Number(w.Stride), Number(w.Cpus), Number(w.Total), mark, VisibleText.Escape(w.Basis));
        }

        _page.Heading(odd is { } two
            ? $"Three witnesses: {WhyWords.Name(two.Left.Party)} and {WhyWords.Name(two.Right.Party)} are the first to disagree"
            : "Three witnesses: none contradicts another");
        table.WriteTo(console);
    }

    private static string Number(long? number) => number is { } n ? FormattableString.Invariant($"{n}") : "?";
}
