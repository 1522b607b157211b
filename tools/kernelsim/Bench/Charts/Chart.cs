using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>A chart of measured points: a file of data and a file of SVG, both named after it.</summary>
/// <param name="Name">In lower case with hyphens.</param>
/// <param name="Title">The line above it.</param>
/// <param name="X">The axis across.</param>
/// <param name="Y">The axis upwards.</param>
internal abstract record Chart(string Name, string Title, ChartAxis X, ChartAxis Y)
{
    /// <summary>The runs that it needs.</summary>
    public abstract IReadOnlyList<ChartRun> Runs { get; }

    /// <summary>The points that a run gives.</summary>
    public abstract IEnumerable<ChartPoint> PointsOf(ChartRun run, RowResult result);
}

/// <summary>One run of a benchmark for a chart.</summary>
/// <param name="Benchmark">Which.</param>
/// <param name="X">Where its points are.</param>
/// <param name="Workload">What to change of the workload.</param>
internal sealed record ChartRun(Benchmark Benchmark, double X, Func<Workload, Workload> Workload);
