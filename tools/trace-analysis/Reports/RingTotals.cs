namespace KernelSim.TraceAnalysis.Reports;

/// <summary>What one ring saw: a ring buffer has one, a perf event array one for each processor.</summary>
/// <param name="MapId">The map.</param>
/// <param name="Ring">Which of its rings, from 0.</param>
/// <param name="Records">Records that could be read.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Discarded">Records that their writers gave up.</param>
/// <param name="Lost">Records that found no room, or were none that the ring can hold.</param>
/// <param name="Wakeups">How often a waiting reader was told.</param>
/// <param name="Returns">How often a reader gave room back through the driver.</param>
/// <param name="Queries">Asynchronous queries that ended.</param>
public sealed record RingTotals(
    long MapId, int Ring, long Records, long Bytes, long Discarded, long Lost, long Wakeups, long Returns, long Queries);
