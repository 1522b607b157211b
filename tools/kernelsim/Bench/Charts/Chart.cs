using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>A chart of measured points: a file of data and a file of SVG, both named after it.</summary>
/// <param name="Name">Name of its files, without extension: lower case with hyphens.</param>
/// <param name="Title">Heading, drawn above the plot.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
internal abstract record Chart(string Name, string Title, ChartAxis X, ChartAxis Y)
{
    /// <summary>The runs that it needs.</summary>
    public abstract IReadOnlyList<ChartRun> Runs { get; }

    /// <summary>The points that a run gives.</summary>
    public abstract IEnumerable<ChartPoint> PointsOf(ChartRun run, RowResult result);
}

/// <summary>One run of a benchmark for a chart.</summary>
/// <param name="Benchmark">The benchmark to run.</param>
/// <param name="X">Horizontal position of its points, in the unit of the axis.</param>
/// <param name="Workload">What to change of the workload.</param>
internal sealed record ChartRun(Benchmark Benchmark, double X, Func<Workload, Workload> Workload);
