namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>Counts the events that a session dropped, by gaps in the sequence numbers of each thread.</summary>
internal sealed class DropCounter
{
    private readonly Dictionary<long, uint> _last = [];

    /// <summary>Events dropped so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes the number of an event.</summary>
    public void Event(long thread, uint number) => Reach(thread, unchecked(number - 1), number);

    /// <summary>Takes the last number that a thread used before a sequence point, whether or not its event was written.</summary>
    public void Checkpoint(long thread, uint number) => Reach(thread, number, number);

    /// <summary>A number below the last one belongs to a new thread that reuses the id of one that ended.</summary>
    private void Reach(long thread, uint before, uint number)
    {
        if (_last.TryGetValue(thread, out uint last) && unchecked((int)(before - last)) is > 0 and int missing)
        {
            Dropped += missing;
        }

        _last[thread] = number;
    }
}
