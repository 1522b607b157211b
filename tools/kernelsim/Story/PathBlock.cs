namespace KernelSim.Tool.Story;

/// <summary>A call path, each step called by the one before.</summary>
/// <param name="Caption">Caption of the path.</param>
/// <param name="Steps">From the outermost caller inwards.</param>
internal sealed record PathBlock(string Caption, IReadOnlyList<PathStep> Steps) : StoryBlock;
