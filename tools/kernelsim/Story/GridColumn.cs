namespace KernelSim.Tool.Story;

/// <summary>A column of a grid.</summary>
/// <param name="Name">The heading; a grid whose columns have none shows no headings.</param>
/// <param name="IsNumber">Whether it is right-aligned.</param>
internal sealed record GridColumn(string Name, bool IsNumber = false);
