namespace KernelSim.Bytecode.Tests;

/// <summary>How a run ended: R0, or the fault; and the memory afterwards.</summary>
internal sealed record Outcome(ulong R0, BytecodeFault? Fault, string Memory)
{
    /// <summary>Loads and runs a program; R1 is the address of the memory and R2 its length, or both 0 without memory.</summary>
    public static unsafe Outcome Of(IBytecodeEngine engine, BytecodeImage image, byte[] memory, TestHost? host = null, ulong budget = 0)
    {
        IBytecodeProgram? program = engine.Load(image, out StructuralProblem? problem);
        Assert.True(program is not null, problem?.Text);
        byte[] copy = [.. memory];
        fixed (byte* start = copy)
        {
            BytecodeRun run = new(host ?? new TestHost(), null, (ulong)start, (ulong)copy.Length) { Budget = budget };
            run.AddRegion(start, (nuint)copy.Length, MemoryRegionKind.Context, writable: true);
            ulong r0 = program.Run(ref run);
            return new(r0, run.Fault, Convert.ToHexStringLower(copy));
        }
    }
}
