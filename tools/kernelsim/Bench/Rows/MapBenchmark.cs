using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A benchmark in which every contender does the same to a map of its own.</summary>
internal abstract class MapBenchmark : Benchmark
{
    /// <summary>Sets up all contenders, or says why one is missing.</summary>
    public sealed override void SetUp(Workload workload, TrialSet set)
    {
        MapMaker maker = new(workload);
        foreach (Contender contender in Enum.GetValues<Contender>())
        {
            if (workload.Kind == BenchMapKind.LruHash && (contender is Contender.Dictionary or Contender.ConcurrentDictionary))
            {
                set.Lack(contender, "the base library has no LRU map");
            }
            else if (set.Can(contender, maker))
            {
                Add(contender, set.Own(StartsEmpty ? maker.Make(contender) : maker.Fill(contender)), set);
            }
        }
    }

    /// <summary>Whether the map has no elements at first.</summary>
    protected virtual bool StartsEmpty => false;

    /// <summary>Adds the trial of a contender.</summary>
    protected abstract void Add(Contender contender, BenchMap map, TrialSet set);
}
