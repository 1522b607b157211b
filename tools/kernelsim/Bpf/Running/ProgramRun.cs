using System.Runtime.InteropServices;
using KernelSim.Bytecode;

namespace KernelSim.Tool.Bpf.Running;

/// <summary>Runs a program in engines that must agree: in R0, in what is in the memory afterwards, and in where it fails.</summary>
internal sealed unsafe class ProgramRun(IReadOnlyList<IBytecodeEngine> engines, BytecodeHost host)
{
    private static readonly StructuralOptions s_structure = new() { HasHelper = id => id == StoppableHost.Identity };

    /// <summary>Runs a program; R1 is the address of the memory and R2 its length, or both 0 without memory.</summary>
    public RunResult Of(byte[] program, byte[] memory)
    {
        if (program.Length % BpfInstruction.Size != 0)
        {
            return new(0, $"{program.Length} bytes given, expected a multiple of {BpfInstruction.Size}: the bytes of an instruction");
        }

        BytecodeImage image = BytecodeImage.FromBytes(program) with { Structure = s_structure };
        List<Outcome> outcomes = [];
        foreach (IBytecodeEngine engine in engines)
        {
            if (engine.Load(image, out StructuralProblem? problem) is not { } loaded)
            {
                return new(0, $"{problem!.Rule.Id}: {problem.Text}");
            }

            outcomes.Add(Run(engine.Name, loaded, memory));
        }

        Outcome first = outcomes[0];
        return outcomes.Find(other => !other.Agrees(first)) is { } different
            ? new(0, $"the engines differ: {first.Text}, {different.Text}")
            : new(first.R0, first.Fault?.Text);
    }

    private Outcome Run(string engine, IBytecodeProgram program, byte[] memory)
    {
        byte* copy = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(memory.Length, 1), sizeof(ulong));
        try
        {
            memory.CopyTo(new Span<byte>(copy, memory.Length));
            BytecodeRun run = new(host, null, memory.Length == 0 ? 0 : (ulong)copy, (ulong)memory.Length);
            run.AddRegion(copy, (nuint)memory.Length, MemoryRegionKind.Memory, writable: true);
            ulong r0 = program.Run(ref run);
            return new(engine, r0, run.Fault, Convert.ToHexStringLower(new ReadOnlySpan<byte>(copy, memory.Length)));
        }
        finally
        {
            NativeMemory.AlignedFree(copy);
        }
    }

    private sealed record Outcome(string Engine, ulong R0, BytecodeFault? Fault, string Memory)
    {
        public string Text => $"{Engine} {(Fault is { } fault ? fault.Text : $"{R0:x}, memory {Memory}")}";

        public bool Agrees(Outcome other) =>
            (R0, Memory, Fault?.Kind, Fault?.Instruction) == (other.R0, other.Memory, other.Fault?.Kind, other.Fault?.Instruction);
    }
}
