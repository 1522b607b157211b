using System.Globalization;
using System.Text;
using KernelSim.Nt;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Testing;

/// <summary>What a test prints of a machine when it fails: why its last failed request failed, and its last events.</summary>
internal static class FailureText
{
    /// <summary>Writes the leaks, the cause of the last failure, and the last events.</summary>
    /// <param name="watched">The machine on which the test failed.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="lastEvents">The number of events to print.</param>
    /// <param name="leaks">What it left behind.</param>
    public static string Of(WatchedMachine watched, string name, int lastEvents, IReadOnlyList<Leak> leaks)
    {
        StringBuilder text = new();
        MachineOptions options = watched.Machine.Options;
        TraceLog log = watched.Trace.ReadTest();
        string gone = log.LostEvents == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", the first {log.LostEvents} have gone");
        string recorded = watched.Trace.Detail == TraceDetail.Off
            ? "not recorded"
            : string.Create(CultureInfo.InvariantCulture, $"{log.Events.Count + log.LostEvents} events{gone}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{name}: {options.Processors} processors, seed {options.Seed}, {recorded}");
        PlainPage.Write(
            text,
            [.. Stop(watched.Machine), .. Left(leaks), .. watched.Trace.Detail == TraceDetail.Off ? [] : Why(log)]);
        TracedEvent[] last = [.. log.Events.TakeLast(lastEvents)];
        if (last.Length > 0)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"The last {last.Length} events");
            Write(text, last);
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>All events, a line each.</summary>
    public static string EventsOf(MachineTrace trace)
    {
        StringBuilder text = new();
        Write(text, trace.Read().Events);
        return text.ToString();
    }

    private static void Write(StringBuilder text, IEnumerable<TracedEvent> events)
    {
        foreach (TracedEvent e in events)
        {
            text.AppendLine(EventText.Of(e));
        }
    }

    private static IEnumerable<TextPart> Stop(Machine machine)
    {
        if (machine.StopRecord is not { } stop)
        {
            return [];
        }

        return
        [
            new TextPart.Heading(VisibleText.Escape(new BugcheckException(stop).Message)),
            .. stop.Cause is { } cause ? [Paragraph($"{cause.GetType().Name}: {cause.Message}")] : Array.Empty<TextPart>(),
            .. stop.Processors.Select(Paragraph),
        ];
    }

    private static IEnumerable<TextPart> Left(IEnumerable<Leak> leaks)
    {
        // A bugcheck is told above.
        TextPart[] left = [.. leaks.Where(l => l.Kind != LeakKind.Bugcheck).Select(l => Paragraph(l.ToString()))];
        return left.Length == 0 ? [] : [new TextPart.Heading("Left behind"), .. left];
    }

    private static IEnumerable<TextPart> Why(TraceLog log)
    {
        FailureFinder finder = new();
        foreach (TracedEvent e in log.Events)
        {
            finder.Add(e);
        }

        if (finder.LastRequest is not { } id || log.Request(id) is not { } request)
        {
            return [new TextPart.Heading("No request failed.")];
        }

        FailureStory story = new(request);
        return request is { Start: null, Ioctls: [.., { Stop: { } stop }] }
            ? OfDriver(story, stop)
            : WhyPage.Of(story, $"{nameof(TraceDetail)}.{nameof(TraceDetail.Verbose)}");
    }

    /// <summary>A request that no library made: its driver need not be eBPF's, so its status is all that there is to tell.</summary>
    private static TextPart[] OfDriver(FailureStory story, IoctlStopEvent stop) =>
    [
        new TextPart.Heading(VisibleText.Escape($"Request {story.Request.Id}: {WhyWords.Call(story)}")),
        Paragraph($"It completed with {stop.Status}."),
        Paragraph(story.Kind == FailureKind.Refused ? WhyWords.Why(story) : "No check refused it: its driver answered so."),
    ];

    private static TextPart.Paragraph Paragraph(string text) => new(VisibleText.Escape(text), 2);
}
