using System.Collections.Immutable;

namespace KernelSim.Bytecode;

/// <summary>A linked program, as an engine loads it: maps and addresses are numbers in <c>lddw</c>, and local calls are relative.</summary>
/// <param name="Instructions">The slots. The program begins with the first.</param>
/// <param name="Name">The program's name, for faults.</param>
public sealed record BytecodeImage(ImmutableArray<BpfInstruction> Instructions, string Name = "program")
{
    /// <summary>
    /// The helper that ends the whole program with 0, at any depth of calls, when it returns 0: <c>bpf_tail_call</c>, as
    /// <c>ubpf_set_unwind_function_index</c> has it. Null: none.
    /// </summary>
    public uint? UnwindHelper { get; init; }

    /// <summary>What the structural check asks of the program.</summary>
    public StructuralOptions Structure { get; init; } = StructuralOptions.Default;

    /// <summary>What the code of a module stands numbers in for: addresses and maps that are known only when the module is loaded.</summary>
    internal ulong[] References { get; init; } = [];

    /// <summary>An image from the bytes of a program.</summary>
    /// <param name="bytes">Slots of 8 bytes.</param>
    /// <param name="name">The program's name, for faults.</param>
    public static BytecodeImage FromBytes(ReadOnlySpan<byte> bytes, string name = "program") => new(BpfInstruction.Read(bytes), name);
}
