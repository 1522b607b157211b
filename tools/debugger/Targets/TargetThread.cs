namespace KernelSim.Debugger.Targets;

/// <summary>A host thread of the target.</summary>
/// <param name="ManagedId">Its managed id, <see cref="Environment.CurrentManagedThreadId"/>.</param>
/// <param name="OsId">The operating system's id.</param>
/// <param name="Frames">Its frames, innermost first.</param>
internal sealed record TargetThread(int ManagedId, uint OsId, IReadOnlyList<TargetFrame> Frames);

/// <summary>A frame of a stack.</summary>
/// <param name="StackPointer">Where the frame is.</param>
/// <param name="InstructionPointer">Where execution goes on in it.</param>
/// <param name="Type">The full name of the method's type; empty for a frame of the runtime.</param>
/// <param name="Method">The method's name, or what the runtime calls the frame.</param>
internal sealed record TargetFrame(ulong StackPointer, ulong InstructionPointer, string Type, string Method);
