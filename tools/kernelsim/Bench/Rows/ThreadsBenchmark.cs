using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>The same work by one thread, and by two at the same time. Numbers are host time by operations of both threads.</summary>
internal abstract class ThreadsBenchmark : Benchmark
{
    /// <summary>Calls of a thread in a round.</summary>
    protected const int Calls = 16_384;

    private static readonly Contender[] s_contenders = [Contender.KernelSim, Contender.Host, Contender.ConcurrentDictionary];

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Threads;

    /// <inheritdoc/>
    public sealed override void SetUp(Workload workload, TrialSet set)
    {
        set.Lack(Contender.Dictionary, "it is for one thread");
        set.Lack(Contender.PlainCopy, "it is for one thread");
        MapMaker maker = new(workload);
        foreach (Contender contender in s_contenders)
        {
            if (Environment.ProcessorCount < 2)
            {
                set.Lack(contender, "the host has one CPU");
            }
            else if (WhyNot(contender) is { } reason)
            {
                set.Lack(contender, reason);
            }
            else if (set.Can(contender, maker))
            {
                Add(contender, maker, set);
            }
        }
    }

    /// <summary>Why a contender has nothing to compare with; null if it has.</summary>
    protected virtual string? WhyNot(Contender contender) => null;

    /// <summary>The other thread's map.</summary>
    /// <param name="contender">Whose.</param>
    /// <param name="map">The first thread's map.</param>
    /// <param name="maker">Makes maps.</param>
    /// <param name="set">Owns them.</param>
    protected abstract BenchMap Second(Contender contender, BenchMap map, MapMaker maker, TrialSet set);

    /// <summary>Operations of one thread.</summary>
    protected virtual int OperationsOf(BenchMap map) => Math.Min(Calls, map.Count / 2);

    /// <summary>What one thread does.</summary>
    /// <param name="map">Its map.</param>
    /// <param name="first">The first of its elements.</param>
    /// <param name="count">Number of its elements.</param>
    protected virtual void Work(BenchMap map, int first, int count) => map.LookupEach(first, count);

    private void Add(Contender contender, MapMaker maker, TrialSet set)
    {
        BenchMap map = set.Own(maker.Fill(contender));
        BenchMap second = Second(contender, map, maker, set);
        ThreadPair pair = set.Own(new ThreadPair());
        int count = OperationsOf(map);
        set.Add(new Trial(contender, count, () => Work(map, 0, count)));
        set.Add(new Trial(contender, 2 * count, () => pair.Run(() => Work(map, 0, count), () => Work(second, count, count))) { Threads = 2 });
    }
}
