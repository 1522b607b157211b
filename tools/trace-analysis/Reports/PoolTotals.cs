namespace KernelSim.TraceAnalysis.Reports;

/// <summary>The pool activity of one tag during the trace.</summary>
/// <param name="Tag">The pool tag.</param>
/// <param name="Allocations">Number of allocated blocks.</param>
/// <param name="AllocatedBytes">Bytes allocated.</param>
/// <param name="Frees">Number of freed blocks.</param>
/// <param name="FreedBytes">Bytes freed.</param>
/// <param name="PeakBytes">Largest number of bytes in use at a time, counted from the start of the trace.</param>
public sealed record PoolTotals(string Tag, long Allocations, long AllocatedBytes, long Frees, long FreedBytes, long PeakBytes)
{
    /// <summary>Bytes allocated and not freed; below 0 if blocks older than the trace were freed.</summary>
    public long OutstandingBytes => AllocatedBytes - FreedBytes;
}
