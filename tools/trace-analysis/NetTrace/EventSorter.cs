namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// Puts events in the order of time. The file has those of each thread in order, in stretches; it says now and then that nothing older
/// follows. Until then events wait here: those that came in order in a queue, those that another thread overtook in a heap.
/// </summary>
/// <param name="hand">Takes the events in order.</param>
internal sealed class EventSorter(Action<PendingEvent> hand)
{
    private readonly Queue<(PendingEvent Event, long Number)> _inOrder = new();
    private readonly PriorityQueue<PendingEvent, (long Timestamp, long Number)> _overtaken = new();
    private long _newest = long.MinValue;
    private long _number;

    /// <summary>Takes the next event of the file. Of events of one tick, the first of the file stays the first.</summary>
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

    /// <summary>Hands on what is older than a tick.</summary>
    public void FlushBefore(long timestamp)
    {
        while (Oldest() is { } oldest && oldest < timestamp)
        {
            HandOldest();
        }
    }

    /// <summary>Hands on everything.</summary>
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
