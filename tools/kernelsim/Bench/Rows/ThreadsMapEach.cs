using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Two threads of one process, each with a map of its own on the same machine.</summary>
internal sealed class ThreadsMapEach : ThreadsBenchmark
{
    /// <inheritdoc/>
    public override string Name => "threads-map-each";

    /// <inheritdoc/>
    public override string Does => "look-ups of two threads, each in a map of its own";

    /// <inheritdoc/>
    protected override BenchMap Second(Contender contender, BenchMap map, MapMaker maker, TrialSet set) =>
        set.Own(map is ISimMap sim ? maker.FillBeside(sim.Process) : maker.Fill(contender));
}
