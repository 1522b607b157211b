using KernelSim.Bytecode;

namespace KernelSim.Tool.Bench.Bytecode;

/// <summary>Counts the instructions of a run.</summary>
internal sealed class InstructionCounter : IInstructionObserver
{
    public long Count { get; private set; }

    /// <inheritdoc/>
    public void OnInstruction(ref BytecodeRun run, int instruction, ReadOnlySpan<ulong> registers) => Count++;
}
