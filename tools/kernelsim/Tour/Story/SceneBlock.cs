namespace KernelSim.Tool.Tour.Story;

/// <summary>A call is made.</summary>
/// <param name="Call">The call, as the program wrote it.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record SceneBlock(Run Call, Run Outcome) : StoryBlock;
