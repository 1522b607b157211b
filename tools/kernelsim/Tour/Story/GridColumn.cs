namespace KernelSim.Tool.Tour.Story;

/// <summary>A column of a grid.</summary>
/// <param name="Name">Its head; a grid whose columns all have none shows no head.</param>
/// <param name="IsNumber">Right-aligned.</param>
internal sealed record GridColumn(string Name, bool IsNumber = false);
