namespace KernelSim.Bytecode;

/// <summary>A loaded program. Any number of threads may run it at once; a run without a fault allocates nothing on the managed heap.</summary>
public interface IBytecodeProgram
{
    /// <summary>Runs the program from its first instruction.</summary>
    /// <param name="run">What this run may reach. Afterwards its <see cref="BytecodeRun.Fault"/> says whether the program got to its end.</param>
    /// <returns>R0; 0 after a fault.</returns>
    ulong Run(ref BytecodeRun run);
}
