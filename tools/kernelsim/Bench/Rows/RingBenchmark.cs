using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Records of 64 bytes through a ring of 1 MiB; one thread writes and reads in turn.</summary>
internal abstract class RingBenchmark : Benchmark
{
    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Programs;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [SimRing.Records];

    /// <inheritdoc/>
    public sealed override void SetUp(Workload workload, TrialSet set)
    {
        SimRing sim = new(set.Own(SimProcess.Boot(workload.Machine)), set);
        set.Add(Trial(Contender.KernelSim, sim.Write, sim.Consume));
        if (set.CanHost())
        {
            HostRingBench host = new(set);
            set.Add(Trial(Contender.Host, host.Write, host.Consume));
        }

        ProgramContenders.LackOthers(set);
    }

    /// <summary>The trial of a contender.</summary>
    protected abstract Trial Trial(Contender contender, Action write, Action consume);
}
