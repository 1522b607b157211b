namespace KernelSim.Bytecode;

/// <summary>Sees each instruction before the interpreter executes it: single step and instruction trace.</summary>
public interface IInstructionObserver
{
    /// <summary>An instruction is about to be executed.</summary>
    /// <param name="run">The run; <see cref="BytecodeRun.Interrupt"/> ends it before the instruction.</param>
    /// <param name="instruction">The instruction's slot.</param>
    /// <param name="registers">R0 to R10.</param>
    void OnInstruction(ref BytecodeRun run, int instruction, ReadOnlySpan<ulong> registers);
}
