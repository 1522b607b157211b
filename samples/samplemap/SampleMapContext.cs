namespace KernelSim.Samples.SampleMap;

/// <summary>The extension's own context for one map.</summary>
internal sealed class SampleMapContext
{
    private long _reads;

    /// <summary>Number of values read from the map.</summary>
    public long Reads => Volatile.Read(ref _reads);

    /// <summary>Counts one more read.</summary>
    public void CountRead() => Interlocked.Increment(ref _reads);
}
