using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A benchmark of calls for one element each. A round takes the keys after those of the round before.</summary>
internal abstract class CallBenchmark : MapBenchmark
{
    /// <summary>Calls of a round.</summary>
    protected const int Calls = 4096;

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Calls;

    /// <summary>Different keys; the keys of a round are used again in the next one when all have had their turn.</summary>
    protected virtual int Keys => Calls;

    /// <inheritdoc/>
    protected override void Add(Contender contender, BenchMap map, TrialSet set)
    {
        int count = Math.Min(Calls, map.Count);
        int keys = Math.Min(Keys, map.Count);
        int next = 0;
        set.Add(new Trial(contender, count, () =>
        {
            Run(map, next, count);
            next = next + (2 * count) <= keys ? next + count : 0;
        }));
    }

    /// <summary>Makes calls for a range of the elements.</summary>
    protected abstract void Run(BenchMap map, int first, int count);
}
