using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Empties a map in batches.</summary>
internal sealed class BatchDelete : BatchBenchmark
{
    /// <inheritdoc/>
    public override string Name => "batch-delete";

    /// <inheritdoc/>
    public override string Does => "delete all keys";

    /// <inheritdoc/>
    protected override bool StartsEmpty => true;

    /// <inheritdoc/>
    protected override void Prepare(BenchMap map) => map.Update();

    /// <inheritdoc/>
    protected override void Run(BenchMap map) => map.Delete();
}
