namespace KernelSim.Tool.Bench.Charts;

/// <summary>A point of a chart.</summary>
/// <param name="Series">The line that it is on.</param>
/// <param name="X">Horizontal position, in the unit of the axis.</param>
/// <param name="Y">Vertical position, in the unit of the axis.</param>
internal sealed record ChartPoint(string Series, double X, double Y);
