using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Look-ups whose keys and values are not in the host's caches.</summary>
internal sealed class LookupCold : CallBenchmark
{
    /// <inheritdoc/>
    public override string Name => "lookup-cold";

    /// <inheritdoc/>
    public override string Does => "find one key, typed API, each key of a large map in turn";

    private const int Largest = 1_000_000;

    /// <inheritdoc/>
    protected override int Keys => int.MaxValue;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [Math.Min(asked.Max(), Largest)];

    /// <inheritdoc/>
    protected override void Run(BenchMap map, int first, int count) => map.LookupEach(first, count);
}
