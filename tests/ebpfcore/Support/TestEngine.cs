using KernelSim.Bytecode;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>An engine for bytecode that takes anything whose first byte is not 0xFF, and runs it by returning that byte.</summary>
internal sealed class TestEngine : IBytecodeEngine
{
    /// <summary>How long the last code was.</summary>
    public int Bytes { get; private set; }

    public string Name => "test";

    public IBytecodeProgram? Load(BytecodeImage image, out StructuralProblem? problem)
    {
        Bytes = image.Instructions.Length * BpfInstruction.Size;
        byte opcode = image.Instructions[0].Opcode;
        problem = opcode == 0xFF ? new StructuralProblem(StructuralCheck.Rules[0], 0, opcode, 0, "unknown opcode 0xff") : null;
        return problem is null ? new Constant(opcode) : null;
    }

    private sealed class Constant(byte value) : IBytecodeProgram
    {
        public ulong Run(ref BytecodeRun run) => value;
    }
}
