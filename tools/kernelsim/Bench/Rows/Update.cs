using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Updates of one element each.</summary>
internal sealed class Update : CallBenchmark
{
    /// <inheritdoc/>
    public override string Name => "update";

    /// <inheritdoc/>
    public override string Does => "replace the value of one key, typed API";

    /// <inheritdoc/>
    protected override void Run(BenchMap map, int first, int count) => map.UpdateEach(first, count);
}
