namespace KernelSim.Tool.Tour.Story;

/// <summary>A stretch of memory drawn to scale, as lanes of cells one above the other.</summary>
/// <param name="Caption">Where it lies and how many bytes a cell is.</param>
/// <param name="Lanes">The lanes; cells of one column are the same bytes.</param>
internal sealed record StripBlock(string Caption, IReadOnlyList<StripLane> Lanes) : StoryBlock;
