using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// A trace, or those of its events that somebody asked for: in the order of time, and the same events by request.
/// </summary>
public sealed class TraceLog
{
    private readonly Dictionary<ulong, RequestView> _byId;

    /// <summary>Makes the log of a recording.</summary>
    /// <param name="events">The events, each with its <see cref="TracedEvent.Position"/> in the trace.</param>
    /// <param name="lostEvents">How many events the recording knows to have lost.</param>
    public TraceLog(IReadOnlyList<TracedEvent> events, long lostEvents = 0)
    {
        Events = events;
        LostEvents = lostEvents;
        Requests =
        [
            .. events.Where(e => e.RequestId != 0).GroupBy(e => e.RequestId).Select(g => new RequestView(this, g.Key, [.. g])),
        ];
        _byId = Requests.ToDictionary(r => r.Id);
    }

    /// <summary>Every event, in the order of time.</summary>
    public IReadOnlyList<TracedEvent> Events { get; }

    /// <summary>How many events were dropped while recording. Anything but 0 means that what is missing here may have happened.</summary>
    public long LostEvents { get; }

    /// <summary>The requests, in the order in which they began.</summary>
    public IReadOnlyList<RequestView> Requests { get; }

    /// <summary>The request with an id; null when the trace has no event of it.</summary>
    public RequestView? Request(ulong id) => _byId.GetValueOrDefault(id);

    /// <summary>The last event of a type before a position; null when there is none.</summary>
    public T? LastBefore<T>(int position)
        where T : TracedEvent
    {
        for (int i = Events.Count - 1; i >= 0; i--)
        {
            if (Events[i].Position < position && Events[i] is T found)
            {
                return found;
            }
        }

        return null;
    }
}
