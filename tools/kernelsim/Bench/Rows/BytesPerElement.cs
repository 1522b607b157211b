using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>The memory of a full map: pool of the simulated machine, what the host kernel says, managed bytes, and keys and values alone.</summary>
internal abstract class BytesPerElement : MapBenchmark
{
    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Memory;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => asked;

    /// <inheritdoc/>
    protected override void Add(Contender contender, BenchMap map, TrialSet set)
    {
        if (map.Bytes is { } bytes)
        {
            set.AddCount(contender, (double)bytes / map.Count);
        }
        else
        {
            set.Lack(contender, "the host kernel does not say how much memory the map takes");
        }
    }
}
