using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Look-ups whose keys and values are in the host's caches.</summary>
internal sealed class Lookup : CallBenchmark
{
    /// <inheritdoc/>
    public override string Name => "lookup";

    /// <inheritdoc/>
    public override string Does => "find one key, typed API, 4,096 keys again and again";

    /// <inheritdoc/>
    protected override void Run(BenchMap map, int first, int count) => map.LookupEach(first, count);
}
