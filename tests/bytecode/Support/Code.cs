using System.Collections.Immutable;

namespace KernelSim.Bytecode.Tests;

/// <summary>An assembler for tests: a method is an instruction.</summary>
internal static class Code
{
    public const int U8 = 0x10;
    public const int U16 = 0x08;
    public const int U32 = 0x00;
    public const int U64 = 0x18;

    public static BytecodeImage Image(params ReadOnlySpan<BpfInstruction> instructions) => new([.. instructions], "test");

    public static BpfInstruction Mov(int register, int value) => new(0xb7, register, 0, 0, value);

    public static BpfInstruction MovRegister(int register, int source) => new(0xbf, register, source, 0, 0);

    public static BpfInstruction Add(int register, int value) => new(0x07, register, 0, 0, value);

    public static BpfInstruction AddRegister(int register, int source) => new(0x0f, register, source, 0, 0);

    public static BpfInstruction Load(int size, int register, int source, short offset) => new((byte)(0x61 | size), register, source, offset, 0);

    public static BpfInstruction Store(int size, int register, short offset, int source) => new((byte)(0x63 | size), register, source, offset, 0);

    public static BpfInstruction StoreConstant(int size, int register, short offset, int value) =>
        new((byte)(0x62 | size), register, 0, offset, value);

    public static BpfInstruction Atomic(int size, int register, short offset, int source, int operation) =>
        new((byte)(0xc3 | size), register, source, offset, operation);

    public static BpfInstruction Jump(short distance) => new(0x05, 0, 0, distance, 0);

    public static BpfInstruction JumpIfNotEqual(int register, int value, short distance) => new(0x55, register, 0, distance, value);

    public static BpfInstruction Call(int helper) => new(0x85, 0, 0, 0, helper);

    public static BpfInstruction CallLocal(int distance) => new(0x85, 0, 1, 0, distance);

    public static BpfInstruction CallRegister(int register) => new(0x8d, register, 0, 0, 0);

    public static BpfInstruction Exit() => new(0x95, 0, 0, 0, 0);

    /// <summary>Both slots of lddw.</summary>
    public static ImmutableArray<BpfInstruction> Wide(int register, ulong value, int source = 0) =>
        [new(0x18, register, source, 0, (int)value), new(0, 0, 0, 0, (int)(value >> 32))];
}
