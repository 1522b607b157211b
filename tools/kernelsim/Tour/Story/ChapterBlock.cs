namespace KernelSim.Tool.Tour.Story;

/// <summary>A chapter begins.</summary>
/// <param name="Number">Its number; empty for one that has none.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Outcome">How it ends, in a word or two.</param>
internal sealed record ChapterBlock(string Number, string Title, Run Outcome) : StoryBlock;
