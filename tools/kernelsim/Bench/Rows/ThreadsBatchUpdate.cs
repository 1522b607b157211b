using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Two threads update the two halves of one map in batches.</summary>
internal sealed class ThreadsBatchUpdate : ThreadsBenchmark
{
    /// <inheritdoc/>
    public override string Name => "threads-batch-update";

    /// <inheritdoc/>
    public override string Does => "batch updates of two threads in one map, half of the keys each";

    /// <inheritdoc/>
    protected override BenchMap Second(Contender contender, BenchMap map, MapMaker maker, TrialSet set) => map;

    /// <inheritdoc/>
    protected override int OperationsOf(BenchMap map) => map.Count / 2;

    /// <inheritdoc/>
    protected override void Work(BenchMap map, int first, int count) => map.Update(first, count);
}
