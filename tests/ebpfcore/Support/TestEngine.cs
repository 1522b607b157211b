using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>An engine for bytecode that takes anything whose first byte is not 0xFF, and runs it by returning that byte.</summary>
internal sealed class TestEngine : IBytecodeEngine
{
    /// <summary>How long the last code was.</summary>
    public int Bytes { get; private set; }

    public IBytecodeProgram? Load(ReadOnlySpan<byte> instructions, out string? error)
    {
        Bytes = instructions.Length;
        error = instructions[0] == 0xFF ? "unknown opcode 0xff" : null;
        return error is null ? new Constant(instructions[0]) : null;
    }

    private sealed class Constant(byte value) : IBytecodeProgram
    {
        public long Run(in HelperCall call) => value;
    }
}
