using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Reads a whole map in batches.</summary>
internal sealed class BatchLookup : BatchBenchmark
{
    /// <inheritdoc/>
    public override string Name => "batch-lookup";

    /// <inheritdoc/>
    public override string Does => "read a whole map";

    /// <inheritdoc/>
    protected override void Run(BenchMap map) => map.Lookup();
}
