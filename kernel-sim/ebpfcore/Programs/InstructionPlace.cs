namespace KernelSim.EbpfCore.Programs;

/// <summary>Where a running program is, for the events of its helpers.</summary>
/// <param name="Instruction">The slot of the call; -1 for a program that has no instructions.</param>
/// <param name="Line">The call's source line; empty if it is not known.</param>
internal readonly record struct InstructionPlace(int Instruction, string Line)
{
    /// <summary>That of a program that has no instructions.</summary>
    public static InstructionPlace None => new(-1, string.Empty);
}
