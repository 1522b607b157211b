using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Recording;

/// <summary>Records in memory, with the runtime's in-process listener: for hosts with the diagnostics port disabled.</summary>
internal sealed class ListenerRecorder : TraceRecorder
{
    private readonly Lock _lock = new();
    private readonly List<TracedEvent> _events = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Listener _listener;

    public ListenerRecorder()
    {
        _listener = new Listener(Record);
        foreach (EventSource provider in Providers)
        {
            _listener.EnableEvents(provider, EventLevel.Verbose, EventKeywords.All);
        }
    }

    public override string? Path => null;

    public override int? EventCount
    {
        get
        {
            lock (_lock)
            {
                return _events.Count;
            }
        }
    }

    public override TraceLog Stop()
    {
        _listener.Dispose();
        lock (_lock)
        {
            return new TraceLog([.. _events]);
        }
    }

    public override void Dispose() => _listener.Dispose();

    private void Record(EventWrittenEventArgs e)
    {
        lock (_lock)
        {
            double time = Stopwatch.GetElapsedTime(_start).TotalMicroseconds;
            EventPayload payload = new(e.PayloadNames ?? ReadOnlyCollection<string>.Empty, e.Payload ?? ReadOnlyCollection<object?>.Empty);
            _events.Add(EventCatalog.Make(
                new EventHeader(_events.Count, time, e.EventSource.Name, e.EventName ?? string.Empty, EventLevels.NameOf((int)e.Level), payload)
                {
                    Keywords = (long)e.Keywords,
                    HostProcessId = Environment.ProcessId,
                    HostThreadId = e.OSThreadId,
                }));
        }
    }

    private sealed class Listener(Action<EventWrittenEventArgs> record) : EventListener
    {
        /// <summary>Ids below 1 are the runtime's own: manifests and errors of the source.</summary>
        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventId > 0)
            {
                record(eventData);
            }
        }
    }
}
