namespace KernelSim.Tool.Bench.Charts;

/// <summary>An axis.</summary>
/// <param name="Label">What it shows, with the unit.</param>
/// <param name="IsLog">Whether a step is a factor.</param>
internal sealed record ChartAxis(string Label, bool IsLog)
{
    /// <summary>Values with a label of their own; empty for those that suit the data.</summary>
    public IReadOnlyList<(double Value, string Text)> Ticks { get; init; } = [];
}
