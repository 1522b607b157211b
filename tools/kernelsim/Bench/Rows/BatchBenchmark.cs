using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A benchmark of a batch operation over a whole map.</summary>
internal abstract class BatchBenchmark : MapBenchmark
{
    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Batches;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => asked;

    /// <inheritdoc/>
    protected sealed override void Add(Contender contender, BenchMap map, TrialSet set) =>
        set.Add(new Trial(contender, map.Count, () => Run(map)) { Prepare = () => Prepare(map) });

    /// <summary>What comes before each round: nothing, unless overridden.</summary>
    protected virtual void Prepare(BenchMap map)
    {
    }

    /// <summary>What is timed.</summary>
    protected abstract void Run(BenchMap map);
}
