using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>The statistics of a trace.</summary>
public sealed record TraceReport
{
    /// <summary>Completeness of the trace.</summary>
    public required LossReport Losses { get; init; }

    /// <summary>What the trace shows that its session recorded: a 0 elsewhere in the report means nothing where it did not.</summary>
    public required Coverage Coverage { get; init; }

    /// <summary>
    /// Whether the trace shows a machine boot before its first call. The first call of each function then is most likely the first of its
    /// process, whose code the runtime had to compile.
    /// </summary>
    public required bool BeginsAtBoot { get; init; }

    /// <summary>Microseconds from the first event to the last.</summary>
    public required double DurationUs { get; init; }

    /// <summary>Calls by function, the most frequent first.</summary>
    public required IReadOnlyList<CallTotals> Calls { get; init; }

    /// <summary>Refusals by check, the most frequent first.</summary>
    public required IReadOnlyList<RefusalTotals> Refusals { get; init; }

    /// <summary>The first faults.</summary>
    public required IReadOnlyList<FaultSummary> Faults { get; init; }

    /// <summary>Number of all faults.</summary>
    public required long FaultCount { get; init; }

    /// <summary>Maps by id.</summary>
    public required IReadOnlyList<MapTotals> Maps { get; init; }

    /// <summary>Rings by map and number.</summary>
    public required IReadOnlyList<RingTotals> Rings { get; init; }

    /// <summary>Programs by id.</summary>
    public required IReadOnlyList<ProgramTotals> Programs { get; init; }

    /// <summary>What programs did that stopped their machines, in the order of the trace.</summary>
    public required IReadOnlyList<ProgramFaultEvent> ProgramFaults { get; init; }

    /// <summary>The helpers that programs called on maps, by name and map.</summary>
    public required IReadOnlyList<HelperTotals> Helpers { get; init; }

    /// <summary>Links by id.</summary>
    public required IReadOnlyList<LinkTotals> Links { get; init; }

    /// <summary>User mode and the processors.</summary>
    public required IReadOnlyList<CpuTotals> Cpus { get; init; }

    /// <summary>The slowest requests, slowest first.</summary>
    public required IReadOnlyList<SlowRequest> Slowest { get; init; }

    /// <summary>Epochs.</summary>
    public required EpochTotals Epochs { get; init; }

    /// <summary>Pool by tag.</summary>
    public required IReadOnlyList<PoolTotals> Pool { get; init; }
}
