namespace KernelSim.Bytecode;

/// <summary>What turns bytecode into something that runs: the role of uBPF, <c>ubpf_load</c>, in eBPF for Windows.</summary>
public interface IBytecodeEngine
{
    /// <summary><c>interpreter</c> or <c>compiled</c>.</summary>
    string Name { get; }

    /// <summary>Loads a program, after the structural check. No input makes it throw.</summary>
    /// <param name="image">The program, linked.</param>
    /// <param name="problem">Why it was refused; null if it was loaded.</param>
    IBytecodeProgram? Load(BytecodeImage image, out StructuralProblem? problem);
}
