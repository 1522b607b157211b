namespace KernelSim.Tool.Tour.Story;

/// <summary>A call is made.</summary>
/// <param name="Call">The call, as the program wrote it.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Request">The request in the trace; 0 when there is none to be shown.</param>
internal sealed record SceneBlock(Run Call, Run Outcome, ulong Request = 0) : StoryBlock;
