namespace KernelSim.Samples.SampleMap;

/// <summary>What the extension remembers of one map.</summary>
internal sealed class SampleMapContext
{
    private long _reads;

    /// <summary>Values that were read from the map.</summary>
    public long Reads => Volatile.Read(ref _reads);

    /// <summary>Counts one more.</summary>
    public void CountRead() => Interlocked.Increment(ref _reads);
}
