using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Recording;

/// <summary>Records in memory, with the runtime's in-process listener: for hosts with the diagnostics port disabled.</summary>
internal sealed class ListenerRecorder : TraceRecorder
{
    /// <summary>Request ids of a machine: as many as it may use.</summary>
    private const ulong IdsOfMachine = 1UL << 40;

    private readonly Lock _lock = new();
    private readonly List<TracedEvent> _events = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly ulong? _requestIdBase;
    private readonly Listener _listener;

    /// <summary>Starts to record.</summary>
    /// <param name="requestIdBase">The base of the request ids of the machine to record; null for the events of all machines.</param>
    /// <param name="keywords">What to record of both providers.</param>
    public ListenerRecorder(ulong? requestIdBase = null, EventKeywords keywords = KernelEventSource.AllButInstructions)
    {
        _requestIdBase = requestIdBase;
        _listener = new Listener(Record);
        foreach (EventSource provider in Providers)
        {
            _listener.EnableEvents(provider, EventLevel.Verbose, keywords);
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
        IReadOnlyList<object?> values = e.Payload ?? ReadOnlyCollection<object?>.Empty;
        if (_requestIdBase is { } start)
        {
            // Every event of the simulator starts with its request id.
            if (values is not [ulong request, ..] || !IsOfMachine(request, start))
            {
                return;
            }

            values = [request == 0 ? 0UL : request - start, .. values.Skip(1)];
        }

        lock (_lock)
        {
            double time = Stopwatch.GetElapsedTime(_start).TotalMicroseconds;
            EventPayload payload = new(e.PayloadNames ?? ReadOnlyCollection<string>.Empty, values);
            _events.Add(EventCatalog.Make(
                new EventHeader(_events.Count, time, e.EventSource.Name, e.EventName ?? string.Empty, EventLevels.NameOf((int)e.Level), payload)
                {
                    Keywords = (long)e.Keywords,
                    HostProcessId = Environment.ProcessId,
                    HostThreadId = e.OSThreadId,
                }));
        }
    }

    private bool IsOfMachine(ulong request, ulong start) =>
        request == 0 ? Environment.CurrentManagedThreadId == _thread : request > start && request - start < IdsOfMachine;

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
