namespace KernelSim.TraceAnalysis.Reports;

/// <summary>The activity of epochs.</summary>
/// <param name="Advances">Number of times that the published epoch advanced.</param>
/// <param name="Retired">Number of blocks that were retired.</param>
/// <param name="RetiredBytes">Size of those blocks in bytes.</param>
/// <param name="FreedBlocks">Number of blocks that were freed, and of deferred work items that were run.</param>
public sealed record EpochTotals(long Advances, long Retired, long RetiredBytes, long FreedBlocks);
