using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using KernelSim.Tracing;

namespace KernelSim.UserMode.Tests.Support;

/// <summary>Hears both providers, and keeps the events of one machine: those whose request id is above the machine's base.</summary>
internal sealed class TraceRecorder : EventListener
{
    private readonly ConcurrentQueue<TracedEvent> _events = new();
    private readonly ulong _requestIdBase;
    private readonly Action<TracedEvent>? _onEvent;
    private readonly bool _ready;

    public TraceRecorder(ulong requestIdBase, EventLevel level = EventLevel.Verbose, Action<TracedEvent>? onEvent = null)
    {
        // Listening makes every test's library allocate for its events: those that count bytes must not run beside it.
        Assert.Equal(nameof(TracedCollection), TestContext.Current.TestCollection?.TestCollectionDisplayName);
        _requestIdBase = requestIdBase;
        _onEvent = onEvent;
        _ready = true;
        EnableEvents(UserApiEventSource.Log, level, EventKeywords.All);
        EnableEvents(KernelEventSource.Log, level, EventKeywords.All);
    }

    public IReadOnlyList<TracedEvent> Events => [.. _events];

    public IReadOnlyList<TracedEvent> Of(string name) => [.. _events.Where(e => e.Name == name)];

    public int Count(string name) => _events.Count(e => e.Name == name);

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base constructor can already deliver events of sources that others enabled.
        if (!_ready || eventData.Payload is not { Count: > 0 } payload || payload[0] is not ulong requestId || requestId <= _requestIdBase)
        {
            return;
        }

        var traced = new TracedEvent(
            eventData.EventSource.Name,
            eventData.EventName!,
            requestId,
            eventData.PayloadNames!.Zip(payload, (name, value) => KeyValuePair.Create(name, value!)).ToDictionary());
        _events.Enqueue(traced);
        _onEvent?.Invoke(traced);
    }
}
