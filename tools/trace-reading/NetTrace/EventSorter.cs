namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// Sorts events by time. Each thread's events are in order in the file, and the file marks points after which nothing older follows.
/// Until such a point events wait here: those that came in order in a queue, those that another thread overtook in a heap.
/// </summary>
/// <param name="hand">Receives the events in order.</param>
internal sealed class EventSorter(Action<PendingEvent> hand)
{
    private readonly Queue<(PendingEvent Event, long Number)> _inOrder = new();
    private readonly PriorityQueue<PendingEvent, (long Timestamp, long Number)> _overtaken = new();
    private long _newest = long.MinValue;
    private long _number;

    /// <summary>Takes the next event of the file. Events of the same tick keep the file's order.</summary>
    public void Add(PendingEvent e)
    {
        long number = _number++;
        if (_inOrder.Count == 0 || e.Timestamp >= _newest)
        {
            _inOrder.Enqueue((e, number));
            _newest = e.Timestamp;
        }
        else
        {
            _overtaken.Enqueue(e, (e.Timestamp, number));
        }
    }

    /// <summary>Hands out the events older than a tick.</summary>
    public void FlushBefore(long timestamp)
    {
        while (Oldest() is { } oldest && oldest < timestamp)
        {
            HandOldest();
        }
    }

    /// <summary>Hands out all events.</summary>
    public void Flush()
    {
        while (Oldest() is not null)
        {
            HandOldest();
        }
    }

    private long? Oldest()
    {
        bool hasOvertaken = _overtaken.TryPeek(out _, out (long Timestamp, long) overtaken);
        return _inOrder.TryPeek(out (PendingEvent Event, long) first)
            ? hasOvertaken ? Math.Min(first.Event.Timestamp, overtaken.Timestamp) : first.Event.Timestamp
            : hasOvertaken ? overtaken.Timestamp : null;
    }

    private void HandOldest()
    {
        bool isOvertaken = _overtaken.TryPeek(out PendingEvent e, out (long, long) place)
            && (!_inOrder.TryPeek(out (PendingEvent Event, long Number) first) || place.CompareTo((first.Event.Timestamp, first.Number)) < 0);
        if (isOvertaken)
        {
            _overtaken.Dequeue();
        }
        else
        {
            e = _inOrder.Dequeue().Event;
        }

        hand(e);
    }
}
