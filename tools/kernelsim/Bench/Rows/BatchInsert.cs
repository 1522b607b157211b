using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Fills a new map in batches.</summary>
internal sealed class BatchInsert : BatchBenchmark
{
    /// <inheritdoc/>
    public override string Name => "batch-insert";

    /// <inheritdoc/>
    public override string Does => "insert all keys into a new map";

    /// <inheritdoc/>
    protected override bool StartsEmpty => true;

    /// <inheritdoc/>
    protected override void Prepare(BenchMap map) => map.Renew();

    /// <inheritdoc/>
    protected override void Run(BenchMap map) => map.Update();
}
