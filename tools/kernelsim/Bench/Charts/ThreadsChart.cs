using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Rows;
using KernelSim.Tool.Bench.Telling;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>How many times the work of one thread two do.</summary>
internal sealed record ThreadsChart : Chart
{
    private const string Ideal = "twice as many";

    /// <summary>Makes the chart.</summary>
    public ThreadsChart()
        : base(
            "threads",
            "Work done in the same time by two threads, one thread = 1",
            new ChartAxis("threads", IsLog: false) { Ticks = [(1, "1"), (2, "2")] },
            new ChartAxis("times the work of one thread", IsLog: false) { Ticks = [(0, "0"), (0.5, "0.5"), (1, "1"), (1.5, "1.5"), (2, "2")] })
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ChartRun> Runs { get; } =
    [
        new(new ThreadsSameMap(), 2, w => w),
        new(new ThreadsMapEach(), 2, w => w),
        new(new ThreadsProcessEach(), 2, w => w),
        new(new ThreadsBatchUpdate(), 2, w => w),
    ];

    /// <inheritdoc/>
    public override IEnumerable<ChartPoint> PointsOf(ChartRun run, RowResult result)
    {
        bool isFirst = run == Runs[0];
        Contender[] contenders = isFirst ? [Contender.KernelSim, Contender.Host, Contender.ConcurrentDictionary] : [Contender.KernelSim];
        IEnumerable<ChartPoint> measured = contenders.SelectMany(c => result.Scaling(c) is { } times
            ? Line(c == Contender.KernelSim ? $"KernelSim, {WorkOf(run.Benchmark)}" : ContenderNames.NameOf(c), times)
            : []);
        return isFirst ? [.. measured, .. Line(Ideal, 2)] : measured;
    }

    private static string WorkOf(Benchmark benchmark) => benchmark.Name["threads-".Length..].Replace('-', ' ');

    private static ChartPoint[] Line(string series, double times) => [new(series, 1, 1), new(series, 2, times)];
}
