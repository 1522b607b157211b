namespace KernelSim.TraceAnalysis.Reports;

/// <summary>The activity of one ring: a ring buffer has one, a perf event array one for each processor.</summary>
/// <param name="MapId">The map.</param>
/// <param name="Ring">Index of the ring, from 0.</param>
/// <param name="Records">Number of submitted records.</param>
/// <param name="Bytes">Size of those records in bytes.</param>
/// <param name="Discarded">Number of discarded records.</param>
/// <param name="Lost">Number of lost records: they did not fit, or can never fit the ring.</param>
/// <param name="Wakeups">Number of times that a waiting reader was woken.</param>
/// <param name="Returns">Number of times that a reader returned room through the driver.</param>
/// <param name="Queries">Number of completed asynchronous queries.</param>
public sealed record RingTotals(
    long MapId, int Ring, long Records, long Bytes, long Discarded, long Lost, long Wakeups, long Returns, long Queries);
