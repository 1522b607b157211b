namespace KernelSim.Tool.Tour.Story;

/// <summary>The top of the story.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Subtitle">What was run.</param>
internal sealed record TitleBlock(string Title, string Subtitle) : StoryBlock;
