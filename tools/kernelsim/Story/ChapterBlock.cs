namespace KernelSim.Tool.Story;

/// <summary>The start of a chapter.</summary>
/// <param name="Number">Number of the chapter; empty if it has none.</param>
/// <param name="Title">Title of the chapter.</param>
/// <param name="Outcome">The outcome, in a word or two.</param>
internal sealed record ChapterBlock(string Number, string Title, Run Outcome) : StoryBlock;
