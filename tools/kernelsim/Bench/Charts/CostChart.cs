using KernelSim.HostBpf;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Telling;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>What an element costs each contender, against something that grows.</summary>
internal sealed record CostChart : Chart
{
    private const string Nanoseconds = "nanoseconds per element";

    private readonly bool _variesCpus;

    private CostChart(string name, string title, ChartAxis x, IReadOnlyList<ChartRun> runs, bool variesCpus = false)
        : base(name, title, x, new ChartAxis(Nanoseconds, IsLog: true))
    {
        Runs = runs;
        _variesCpus = variesCpus;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ChartRun> Runs { get; }

    /// <summary>Against the elements in the map.</summary>
    public static CostChart OfSizes(string operation, Benchmark benchmark)
    {
        int[] sizes = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];
        return new CostChart(
            $"size-{operation}",
            $"Batch {operation} of a per-CPU hash map: cost against size",
            new ChartAxis("elements in the map", IsLog: true)
            {
                Ticks = [(1_000, "1k"), (10_000, "10k"), (100_000, "100k"), (1_000_000, "1M"), (10_000_000, "10M")],
            },
            [.. sizes.Select(size => new ChartRun(benchmark, size, w => w with { Elements = size }))]);
    }

    /// <summary>Against the CPUs of the simulated machine: a value has a slot for each.</summary>
    public static CostChart OfCpus(string operation, Benchmark benchmark)
    {
        int[] cpus = [1, 2, 4, 8, 16, 32, 64];
        return new CostChart(
            $"cpus-{operation}",
            $"Batch {operation} of 65,536 elements: cost against CPUs",
            new ChartAxis("CPUs of the machine, 8 bytes of value for each", IsLog: true) { Ticks = [.. cpus.Select(c => ((double)c, $"{c}"))] },
            [.. cpus.Select(c => new ChartRun(benchmark, c, w => w with { Machine = w.Machine with { Cpus = c } }))],
            variesCpus: true);
    }

    /// <summary>Against the bytes of a value in a hash map with one value for each key.</summary>
    public static CostChart OfValueSizes(string operation, Benchmark benchmark)
    {
        const int Elements = 16_384;
        return new CostChart(
            $"value-{operation}",
            $"Batch {operation} of a hash map of 16,384 elements: cost against value size",
            new ChartAxis("bytes of a value", IsLog: true) { Ticks = [.. ValueSizes.All.Select(b => ((double)b, $"{b}"))] },
            [
                .. ValueSizes.All.Select(bytes => new ChartRun(
                    benchmark, bytes, w => w with { Kind = BenchMapKind.Hash, ValueBytes = bytes, Elements = Math.Min(w.Elements, Elements) })),
            ]);
    }

    /// <inheritdoc/>
    public override IEnumerable<ChartPoint> PointsOf(ChartRun run, RowResult result)
    {
        Workload workload = run.Workload(new Workload());

        // The number of the host's CPUs is fixed.
        bool comparesHost = !_variesCpus || workload.SlotsOf(Contender.KernelSim) == HostBpfMap.PossibleCpus;
        return result.Measurements
            .Where(m => m.Contender != Contender.Host || comparesHost)
            .Select(m => new ChartPoint(ContenderNames.NameOf(m.Contender), run.X, m.Least));
    }
}
