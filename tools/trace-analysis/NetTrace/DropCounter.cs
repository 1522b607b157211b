namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>Counts what a session dropped, by the numbers that each thread gives its events.</summary>
internal sealed class DropCounter
{
    private readonly Dictionary<long, uint> _last = [];

    /// <summary>Events dropped so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>An event of a thread came.</summary>
    public void Event(long thread, uint number) => Reach(thread, unchecked(number - 1), number);

    /// <summary>A thread has given this number by now, whether its event came or not.</summary>
    public void Checkpoint(long thread, uint number) => Reach(thread, number, number);

    /// <summary>A number below the last one is that of a new thread with the host's number of one that ended.</summary>
    private void Reach(long thread, uint before, uint number)
    {
        if (_last.TryGetValue(thread, out uint last) && unchecked((int)(before - last)) is > 0 and int missing)
        {
            Dropped += missing;
        }

        _last[thread] = number;
    }
}
