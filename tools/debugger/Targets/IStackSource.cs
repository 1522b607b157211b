namespace KernelSim.Debugger.Targets;

/// <summary>Optional: a target that knows the stacks of its threads. Stacks that cannot be walked end early.</summary>
internal interface IStackSource
{
    /// <summary>The threads that run managed code, in the order in which they started.</summary>
    /// <param name="mostFrames">How many frames of each to return.</param>
    IReadOnlyList<TargetThread> ReadThreads(int mostFrames);
}
