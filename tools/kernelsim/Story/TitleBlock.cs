namespace KernelSim.Tool.Story;

/// <summary>The top of the story.</summary>
/// <param name="Title">Title of the story.</param>
/// <param name="Subtitle">The machine and the settings.</param>
internal sealed record TitleBlock(string Title, string Subtitle) : StoryBlock;
