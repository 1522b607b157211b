namespace KernelSim.TraceAnalysis.Reports;

/// <summary>What happened to the pool memory of one tag while the trace ran.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Allocations">Blocks given.</param>
/// <param name="AllocatedBytes">Bytes of them.</param>
/// <param name="Frees">Blocks taken back.</param>
/// <param name="FreedBytes">Bytes of them.</param>
/// <param name="PeakBytes">Most bytes out at a time, counted from the trace's beginning.</param>
public sealed record PoolTotals(string Tag, long Allocations, long AllocatedBytes, long Frees, long FreedBytes, long PeakBytes)
{
    /// <summary>Bytes given and not taken back; below 0 when blocks older than the trace were.</summary>
    public long OutstandingBytes => AllocatedBytes - FreedBytes;
}
