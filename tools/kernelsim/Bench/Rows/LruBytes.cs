using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>The memory of an LRU hash map.</summary>
internal sealed class LruBytes : BytesPerElement
{
    /// <inheritdoc/>
    public override string Name => "lru-bytes";

    /// <inheritdoc/>
    public override string Does => "memory of a full LRU hash map, one value for each key";

    /// <inheritdoc/>
    public override Workload Adapt(Workload workload) => workload with { Kind = BenchMapKind.LruHash };
}
