namespace KernelSim.Tool.Bench.Charts;

/// <summary>A point of a chart.</summary>
/// <param name="Series">The line that it is on.</param>
/// <param name="X">Across.</param>
/// <param name="Y">Upwards.</param>
internal sealed record ChartPoint(string Series, double X, double Y);
