using System.Collections.Concurrent;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// A trace, or a selection of its events: ordered by time, and grouped by request.
/// </summary>
public sealed class TraceLog
{
    private readonly Dictionary<ulong, RequestView> _byId;
    private readonly Lazy<MapTestimony> _maps;
    private readonly Lazy<Coverage> _coverage;

    /// <summary>The events of each requested type: a long trace is searched once per type.</summary>
    private readonly ConcurrentDictionary<Type, Array> _byType = new();

    /// <summary>Creates the log of a recording.</summary>
    /// <param name="events">The events, each with its <see cref="TracedEvent.Position"/> in the trace.</param>
    /// <param name="lostEvents">Number of events that the recording reports as lost.</param>
    /// <param name="isCutOff">Whether the recording is cut off before its end.</param>
    public TraceLog(IReadOnlyList<TracedEvent> events, long lostEvents = 0, bool isCutOff = false)
        : this(events, new TraceTotals(events.Count, lostEvents) { IsCutOff = isCutOff })
    {
    }

    /// <summary>Makes the log of a trace that was read.</summary>
    /// <param name="events">The events, each with its <see cref="TracedEvent.Position"/> in the trace.</param>
    /// <param name="totals">What the reader knows of the whole trace.</param>
    /// <param name="coverage">What the whole trace shows, if these are only some of its events.</param>
    public TraceLog(IReadOnlyList<TracedEvent> events, TraceTotals totals, Coverage? coverage = null)
    {
        Events = events;
        Totals = totals;
        Requests =
        [
            .. events.Where(e => e.RequestId != 0).GroupBy(e => e.RequestId).Select(g => new RequestView(this, g.Key, [.. g])),
        ];
        _byId = Requests.ToDictionary(r => r.Id);
        _maps = new Lazy<MapTestimony>(() => new MapTestimony(Requests));
        _coverage = new Lazy<Coverage>(() => coverage ?? Coverage.Of(events));
    }

    /// <summary>Every event, in the order of time.</summary>
    public IReadOnlyList<TracedEvent> Events { get; }

    /// <summary>How many events were dropped while recording. Anything but 0 means that what is missing here may have happened.</summary>
    public long LostEvents => Totals.LostEvents;

    /// <summary>Whether the recording was cut off: an unknown number of later events is missing.</summary>
    public bool IsCutOff => Totals.IsCutOff;

    /// <summary>What is known of the whole trace.</summary>
    public TraceTotals Totals { get; }

    /// <summary>What the trace shows that its session recorded, and so what it can deny.</summary>
    public Coverage Coverage => _coverage.Value;

    /// <summary>The requests, in the order in which they began.</summary>
    public IReadOnlyList<RequestView> Requests { get; }

    /// <summary>The request with an id; null if the trace has no event of it.</summary>
    public RequestView? Request(ulong id) => _byId.GetValueOrDefault(id);

    /// <summary>The kernel's testimony about the map behind each descriptor.</summary>
    internal MapTestimony Maps => _maps.Value;

    /// <summary>The last event of a type before a position; null if there is none.</summary>
    public T? LastBefore<T>(int position)
        where T : TracedEvent => AllBefore<T>(position) is [.., T last] ? last : null;

    /// <summary>All events of a type before a position, in the order of time.</summary>
    internal ReadOnlySpan<T> AllBefore<T>(int position)
        where T : TracedEvent
    {
        T[] all = (T[])_byType.GetOrAdd(typeof(T), _ => Events.OfType<T>().ToArray());
        int low = 0;
        int high = all.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = all[middle].Position < position ? (middle + 1, high) : (low, middle);
        }

        return all.AsSpan(0, low);
    }
}
