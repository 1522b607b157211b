namespace KernelSim.TraceAnalysis.Reports;

/// <summary>What epochs did.</summary>
/// <param name="Advances">How often the published epoch moved on.</param>
/// <param name="Retired">Blocks that were handed over to wait for their readers.</param>
/// <param name="RetiredBytes">Bytes of them.</param>
/// <param name="FreedBlocks">Blocks that went back to pool.</param>
public sealed record EpochTotals(long Advances, long Retired, long RetiredBytes, long FreedBlocks);
