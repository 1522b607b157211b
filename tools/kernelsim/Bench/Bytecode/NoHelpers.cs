using KernelSim.Bytecode;

namespace KernelSim.Tool.Bench.Bytecode;

/// <summary>The host of programs that call no helper.</summary>
internal sealed class NoHelpers : BytecodeHost
{
    /// <inheritdoc/>
    public override ulong CallHelper(ref BytecodeRun run, uint id, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        run.RefuseCall(BytecodeFaultKind.UnknownHelper, $"helper {id} is unknown");
        return 0;
    }
}
