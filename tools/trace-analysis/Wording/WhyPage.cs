using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;

namespace KernelSim.TraceAnalysis.Wording;

/// <summary>Why a request failed, as a text: what <c>kernelsim trace why</c> prints after the losses.</summary>
public static class WhyPage
{
    private const int Indent = 10;

    /// <summary>The parts of the text, in their order.</summary>
    /// <param name="story">The story of the request.</param>
    /// <param name="recordsCopies">What to record with in order to see each movement of bytes, for a recording that shows none.</param>
    public static IEnumerable<TextPart> Of(FailureStory story, string recordsCopies = "--profile verbose")
    {
        ArgumentNullException.ThrowIfNull(story);
        return
        [
            Heading($"Request {story.Request.Id}: {WhyWords.Call(story)}"),
            Say("Outcome", WhyWords.Outcome(story)),
            Say("Why", WhyWords.Why(story)),
            .. Program(story.Request.Events.OfType<ProgramRefusalEvent>().LastOrDefault()),
            .. story.Fault is { } fault ? [Say("Where", WhyWords.Where(fault, story.Request))] : Array.Empty<TextPart>(),
            .. Chain(story),
            .. Moved(story, recordsCopies),
            .. Witnesses(story.Request.Witnesses),
            .. WhyWords.Fix(story) is { } fix
                ? [Heading("Fix"), new TextPart.Paragraph(VisibleText.Escape(fix), 2)]
                : Array.Empty<TextPart>(),
        ];
    }

    /// <summary>Why a program stopped its machine: the parts of the text, in their order.</summary>
    /// <param name="story">The fault, with what led to it.</param>
    public static IEnumerable<TextPart> Of(ProgramFaultStory story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return
        [
            Heading(WhyWords.Stopped(story.Fault)),
            Say("Outcome", "The machine stopped with a bugcheck, as one with a real kernel would."),
            Say("Why", $"{WhyWords.Sentence(story.Fault.Text)}"),
            .. Source(story.Fault.Line),
            .. Steps(story.Steps),
            Heading("Fix"),
            new TextPart.Paragraph(WhyWords.Fix(story), 2),
        ];
    }

    private static IEnumerable<TextPart> Program(ProgramRefusalEvent? refusal) => refusal is null
        ? []
        : [Say("Program", $"{refusal.Section}/{refusal.Program}: {WhyWords.Sentence(refusal.Text)}"), .. Source(refusal.Line)];

    private static IEnumerable<TextPart> Source(string line) => line.Length == 0 ? [] : [Say("Source", line)];

    private static IEnumerable<TextPart> Steps(IReadOnlyList<TracedEvent> steps)
    {
        if (steps.Count == 0)
        {
            return [];
        }

        object[][] rows =
        [
            .. steps.Select(s => new object[] { s.Position, VisibleText.Escape(WhyWords.Step(s)), VisibleText.Escape(WhyWords.Line(s)) }),
        ];
        return [Heading("What the program did before"), new TextPart.Table(["event", "step", "source"], rows)];
    }

    private static TextPart.Heading Heading(string text) => new(VisibleText.Escape(text));

    private static TextPart.Paragraph Say(string label, string text) => new(VisibleText.Escape(text), Indent, label);

    private static IEnumerable<TextPart> Chain(FailureStory story)
    {
        object[][] rows =
        [
            .. story.Chain().Select(step => new object[]
            {
                step.Position < 0 ? string.Empty : step.Position, step.Kind, VisibleText.Escape(step.Name), VisibleText.Escape(step.Where),
            }),
        ];
        return rows.Length == 0
            ? []
            : [Heading("From what the program saw back to the cause"), new TextPart.Table(["event", "step", "is", "where"], rows)];
    }

    private static IEnumerable<TextPart> Moved(FailureStory story, string recordsCopies)
    {
        if (story.Copies is not { Count: > 0 } runs)
        {
            return
            [
                Heading(
                    !story.Coverage.HasCopies ? $"What moved is unknown: the recording shows no copies; {recordsCopies} records them"
                    : !story.IsComplete ? "No byte is known to have moved, and events of the trace are missing"
                    : story.Kind == FailureKind.None ? "No byte moved" : "No byte had moved before"),
            ];
        }

        object[][] rows =
        [
            .. runs.Select(run => new object[]
            {
                run.First.Event.Position,
                VisibleText.Escape(run.First.Stage),
                run.Rows.Count,
                run.First.Element < 0 ? 0 : run.Last.Element - run.First.Element + 1,
                run.Bytes,
                EventText.Hex(run.First.Source),
                EventText.Hex(run.First.Destination),
            }),
        ];
        string shown = story.Coverage.HasCopies ? string.Empty : ", as far as the recording shows copies";
        string title = story.Kind is FailureKind.Fault or FailureKind.Refused ? "What had moved before" : "What moved";
        return [Heading(title + shown), new TextPart.Table(["event", "stage", "copies", "elements", "bytes", "from", "to"], rows)];
    }

    private static IEnumerable<TextPart> Witnesses(Witnesses witnesses)
    {
        // A single witness cannot agree or disagree.
        if (witnesses.All.Count(w => w.Total is not null) < 2)
        {
            return [];
        }

        (Witness Left, Witness Right)? odd = witnesses.FirstDisagreement;
        object[][] rows =
        [
            .. witnesses.All.Select(w => new object[]
            {
                WhyWords.Name(w.Party),
                Number(w.Stride),
                Number(w.Cpus),
                Number(w.Total),
                odd is { } pair && (pair.Left == w || pair.Right == w) ? "<" : string.Empty,
                VisibleText.Escape(w.Basis),
            }),
        ];
        string title = odd is { } two
            ? $"Three witnesses: {WhyWords.Name(two.Left.Party)} and {WhyWords.Name(two.Right.Party)} are the first to disagree"
            : "Three witnesses: none contradicts another";
        return [Heading(title), new TextPart.Table(["witness", "stride", "CPUs", "bytes a value", "", "by what it did"], rows)];
    }

    private static string Number(long? number) => number is { } n ? FormattableString.Invariant($"{n}") : "?";
}
