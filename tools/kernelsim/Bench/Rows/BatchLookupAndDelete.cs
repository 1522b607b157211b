using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Reads and deletes a whole map in batches.</summary>
internal sealed class BatchLookupAndDelete : BatchBenchmark
{
    /// <inheritdoc/>
    public override string Name => "batch-lookup-and-delete";

    /// <inheritdoc/>
    public override string Does => "read and delete all elements";

    /// <inheritdoc/>
    protected override bool StartsEmpty => true;

    /// <inheritdoc/>
    protected override void Prepare(BenchMap map) => map.Update();

    /// <inheritdoc/>
    protected override void Run(BenchMap map) => map.LookupAndDelete();
}
