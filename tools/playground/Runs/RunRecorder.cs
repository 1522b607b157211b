using System.Diagnostics;
using System.Diagnostics.Tracing;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceView;
using KernelSim.TraceView.Data;
using KernelSim.Tracing;

namespace KernelSim.Playground.Runs;

/// <summary>The events of a run, as they are written: the first of them, as many as a page shows smoothly.</summary>
internal sealed class RunRecorder : EventListener
{
    /// <summary>Events that are kept.</summary>
    public const int Most = 10_000;

    private readonly List<TracedEvent> _events = [];
    private readonly PageData _page = new();
    private readonly Dictionary<(string Provider, int Id), string[]> _names = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Starts to record.</summary>
    public RunRecorder()
    {
        foreach (EventSource provider in (ReadOnlySpan<EventSource>)[KernelEventSource.Log, UserApiEventSource.Log])
        {
            EnableEvents(provider, EventLevel.Verbose, KernelEventSource.AllButInstructions);
        }
    }

    /// <summary>The events that are kept, in the order of time.</summary>
    public IReadOnlyList<TracedEvent> Events => _events;

    /// <summary>Number of events that were left out.</summary>
    public long Dropped { get; private set; }

    /// <summary>Writes the trace view's data.</summary>
    public void WritePage(Stream output)
    {
        TraceLog log = new(_events, new TraceTotals(_events.Count + Dropped, Dropped));
        _page.Write(output, log, new TracePageOptions());
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Ids below 1 are the runtime's own.
        if (eventData.EventId < 1)
        {
            return;
        }

        if (_events.Count == Most)
        {
            Dropped++;
            return;
        }

        (string, int) kind = (eventData.EventSource.Name, eventData.EventId);
        if (!_names.TryGetValue(kind, out string[]? names))
        {
            _names.Add(kind, names = [.. eventData.PayloadNames!]);
        }

        TracedEvent made = EventCatalog.Make(
            new EventHeader(
                _events.Count,
                Stopwatch.GetElapsedTime(_start).TotalMicroseconds,
                eventData.EventSource.Name,
                eventData.EventName!,
                EventLevels.NameOf((int)eventData.Level),
                new EventPayload(names, [.. eventData.Payload!]))
            {
                Keywords = (long)eventData.Keywords,
            });
        _events.Add(made);
        _page.Add(made);
    }
}
