using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace KernelSim.Tracing.Tests.Support;

/// <summary>Hears a provider from within the process.</summary>
internal sealed class RecordingListener : EventListener
{
    private readonly ConcurrentQueue<RecordedEvent> _events = new();

    private RecordingListener()
    {
    }

    /// <summary>What a provider says while code runs, to one who asked for this level and these keywords.</summary>
    public static IReadOnlyList<RecordedEvent> Record(EventSource provider, EventLevel level, EventKeywords keywords, Action code)
    {
        using RecordingListener listener = new();
        listener.EnableEvents(provider, level, keywords);
        code();
        listener.DisableEvents(provider);
        return [.. listener._events];
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => _events.Enqueue(new RecordedEvent(
        eventData.EventSource.Name,
        eventData.EventId,
        eventData.EventName!,
        eventData.Level,
        eventData.Keywords,
        [.. eventData.PayloadNames!.Zip(eventData.Payload!, (name, value) => KeyValuePair.Create(name, value!))]));
}
