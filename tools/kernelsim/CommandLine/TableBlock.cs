namespace KernelSim.Tool.CommandLine;

/// <summary>Columns of a table that stand beside each other.</summary>
/// <param name="Columns">Which.</param>
/// <param name="Widths">How wide each is.</param>
/// <param name="Gap">Columns of the terminal between two of them.</param>
internal sealed record TableBlock(IReadOnlyList<int> Columns, IReadOnlyList<int> Widths, int Gap);
