using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Updates of an LRU hash map in batches, which also maintain its lists.</summary>
internal sealed class LruBatchUpdate : BatchBenchmark
{
    /// <inheritdoc/>
    public override string Name => "lru-batch-update";

    /// <inheritdoc/>
    public override string Does => "replace the values of all existing keys of an LRU hash map, one value for each key";

    /// <inheritdoc/>
    public override Workload Adapt(Workload workload) => workload with { Kind = BenchMapKind.LruHash };

    /// <inheritdoc/>
    protected override void Run(BenchMap map) => map.Update();
}
