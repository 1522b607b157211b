namespace KernelSim.Tool.Story;

/// <summary>A range of memory drawn to scale, as lanes of cells one above the other.</summary>
/// <param name="Caption">The range, and the number of bytes per cell.</param>
/// <param name="Lanes">The lanes; cells of one column are the same bytes.</param>
internal sealed record StripBlock(string Caption, IReadOnlyList<StripLane> Lanes) : StoryBlock;
