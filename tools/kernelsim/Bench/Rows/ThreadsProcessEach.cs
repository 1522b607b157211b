using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Two threads, each in a simulated process of its own, in the same map.</summary>
internal sealed class ThreadsProcessEach : ThreadsBenchmark
{
    /// <inheritdoc/>
    public override string Name => "threads-process-each";

    /// <inheritdoc/>
    public override string Does => "look-ups of two threads in one map, each in a process of its own";

    /// <inheritdoc/>
    protected override string? WhyNot(Contender contender) =>
        contender == Contender.KernelSim ? null : "it has no simulated processes: as with one process";

    /// <inheritdoc/>
    protected override BenchMap Second(Contender contender, BenchMap map, MapMaker maker, TrialSet set)
    {
        SimProcess first = ((ISimMap)map).Process;
        return set.Own(maker.OpenIn(first.StartAnother(), first.FirstMapId()));
    }
}
