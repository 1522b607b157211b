using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Replaces the values of existing keys in batches.</summary>
internal sealed class BatchUpdate : BatchBenchmark
{
    /// <inheritdoc/>
    public override string Name => "batch-update";

    /// <inheritdoc/>
    public override string Does => "replace the values of all existing keys";

    /// <inheritdoc/>
    protected override void Run(BenchMap map) => map.Update();
}
