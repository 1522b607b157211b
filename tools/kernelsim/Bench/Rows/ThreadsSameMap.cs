using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Two threads of one process look up different keys of one map.</summary>
internal sealed class ThreadsSameMap : ThreadsBenchmark
{
    /// <inheritdoc/>
    public override string Name => "threads-same-map";

    /// <inheritdoc/>
    public override string Does => "look-ups of two threads in one map";

    /// <inheritdoc/>
    protected override BenchMap Second(Contender contender, BenchMap map, MapMaker maker, TrialSet set) => map;
}
