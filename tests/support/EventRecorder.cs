using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using KernelSim.Tracing;

namespace KernelSim.Tests;

/// <summary>Records what providers write, from within their process.</summary>
public class EventRecorder : EventListener
{
    private readonly ConcurrentQueue<RecordedEvent> _events = new();

    /// <summary>
    /// Starts to record. Not from <see cref="EventListener.OnEventSourceCreated"/>, which may run while a provider is being created.
    /// </summary>
    public EventRecorder(IEnumerable<EventSource> providers, EventLevel level = EventLevel.Verbose, EventKeywords keywords = EventKeywords.All)
    {
        ArgumentNullException.ThrowIfNull(providers);
        foreach (EventSource provider in providers)
        {
            EnableEvents(provider, level, keywords);
        }
    }

    /// <summary>The providers of both sides of the gate.</summary>
    public static IReadOnlyList<EventSource> BothProviders => [KernelEventSource.Log, UserApiEventSource.Log];

    /// <summary>Called for each recorded event on the thread that writes it, so that a test can hold that thread there.</summary>
    public Action<RecordedEvent>? OnEvent { get; set; }

    /// <summary>All events so far.</summary>
    public IReadOnlyList<RecordedEvent> Events => [.. _events];

    /// <summary>Number of events so far.</summary>
    public int Count => _events.Count;

    /// <summary>The events of a name.</summary>
    public IEnumerable<RecordedEvent> Named(string name) => _events.Where(e => e.Name == name);

    /// <summary>Forgets the events so far.</summary>
    public void Clear() => _events.Clear();

    /// <summary>What a provider writes while code runs, for a session with this level and these keywords.</summary>
    public static IReadOnlyList<RecordedEvent> Record(EventSource provider, EventLevel level, EventKeywords keywords, Action code)
    {
        ArgumentNullException.ThrowIfNull(code);
        using EventRecorder recorder = new([provider], level, keywords);
        code();
        recorder.DisableEvents(provider);
        return recorder.Events;
    }

    /// <summary>Whether to record an event, by its request id.</summary>
    protected virtual bool Keeps(ulong requestId) => true;

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);

        // Every event of the simulator starts with its request id; other sources' events are kept whole.
        if (eventData.Payload is not { Count: > 0 } payload || (payload[0] is ulong requestId && !Keeps(requestId)))
        {
            return;
        }

        RecordedEvent recorded = new(
            eventData.EventSource.Name,
            eventData.EventId,
            eventData.EventName!,
            eventData.Level,
            eventData.Keywords,
            [.. eventData.PayloadNames!.Zip(payload, (name, value) => KeyValuePair.Create(name, value!))]);
        _events.Enqueue(recorded);
        OnEvent?.Invoke(recorded);
    }
}
