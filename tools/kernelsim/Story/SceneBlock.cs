namespace KernelSim.Tool.Story;

/// <summary>The start of a call.</summary>
/// <param name="Call">The call, as the program wrote it.</param>
/// <param name="Outcome">The outcome of the call.</param>
/// <param name="Request">Request id in the trace; 0 if there is none to show.</param>
internal sealed record SceneBlock(Run Call, Run Outcome, ulong Request = 0) : StoryBlock;
