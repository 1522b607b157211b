using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace KernelSim.Bytecode;

/// <summary>One instruction slot of 8 bytes, as RFC 9669 encodes it: <c>struct ebpf_inst</c>. A load of 64 bits takes two slots.</summary>
/// <param name="Opcode">Class, operation and source, or class, size and mode.</param>
/// <param name="Registers">The destination register in the low four bits, the source register in the high ones.</param>
/// <param name="Offset">A jump's distance, or an access's distance from its base register.</param>
/// <param name="Immediate">The constant operand.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Size)]
public readonly record struct BpfInstruction(byte Opcode, byte Registers, short Offset, int Immediate)
{
    /// <summary>The bytes of a slot.</summary>
    public const int Size = 8;

    /// <summary>The source of an <c>lddw</c> whose immediate names a map; the register gets what stands for the map.</summary>
    public const int MapSource = 1;

    /// <summary>
    /// The source of an <c>lddw</c> of an address in the value of a map: the immediate names the map, that of the second slot is the distance from
    /// the value's start in bytes.
    /// </summary>
    public const int MapValueSource = 2;

    /// <summary>An instruction from its four operands.</summary>
    /// <param name="opcode">Class, operation and source, or class, size and mode.</param>
    /// <param name="destination">0 to 10; the encoding has room for 15.</param>
    /// <param name="source">0 to 10, or what the opcode makes of the field.</param>
    /// <param name="offset">A jump's distance, or an access's distance from its base register.</param>
    /// <param name="immediate">The constant operand.</param>
    public BpfInstruction(byte opcode, int destination, int source, short offset, int immediate)
        : this(opcode, (byte)((destination & 15) | (source << 4)), offset, immediate)
    {
    }

    /// <summary>The destination register.</summary>
    public int Destination => Registers & 15;

    /// <summary>The source register, or what the opcode makes of the field.</summary>
    public int Source => Registers >> 4;

    /// <summary>Whether this is the first of the two slots of a load of 64 bits, <c>lddw</c>.</summary>
    public bool IsWide => Opcode == Opcodes.LoadWide;

    /// <summary>Whether this calls a function of the same program, whose first slot is <see cref="Immediate"/> slots after the next one.</summary>
    public bool IsLocalCall => Opcode == Opcodes.Call && Source == Opcodes.LocalCall;

    /// <summary>Whether this calls the helper whose id is <see cref="Immediate"/>.</summary>
    public bool IsHelperCall => Opcode == Opcodes.Call && Source == Opcodes.HelperCall;

    /// <summary>Whether this returns to the caller, or ends the program.</summary>
    public bool IsExit => Opcode == Opcodes.Exit;

    /// <summary>The register that the instruction writes; -1 for none. A call's is r0, where the callee leaves its result.</summary>
    public int WrittenRegister => this switch
    {
        { IsAlu: true } or { Class: InstructionClass.Ld or InstructionClass.Ldx } => Destination,
        { Opcode: Opcodes.Call or Opcodes.CallRegister } => 0,
        { Class: InstructionClass.Stx, Mode: Opcodes.ModeAtomic } when (Immediate & Opcodes.Fetch) != 0 =>
            Immediate == ((int)AtomicOperation.CompareExchange | Opcodes.Fetch) ? 0 : Source,
        _ => -1,
    };

    /// <summary>The constant of 64 bits that an <c>lddw</c> of source 0 loads, of which each of its slots has one half.</summary>
    /// <param name="second">The slot after this one.</param>
    public ulong WideConstant(BpfInstruction second) => (uint)Immediate | ((ulong)(uint)second.Immediate << 32);

    internal InstructionClass Class => (InstructionClass)(Opcode & 7);

    internal bool IsAlu => Class is InstructionClass.Alu or InstructionClass.Alu64;

    internal bool IsJump => Class is InstructionClass.Jmp or InstructionClass.Jmp32;

    internal bool HasRegisterOperand => (Opcode & Opcodes.RegisterOperand) != 0;

    internal AluOperation Alu => (AluOperation)(Opcode & 0xf0);

    internal JumpOperation Jump => (JumpOperation)(Opcode & 0xf0);

    /// <summary>The bytes of a memory access.</summary>
    internal int AccessLength => (Opcode & 0x18) switch { 0x00 => 4, 0x08 => 2, 0x10 => 1, _ => 8 };

    internal int Mode => Opcode & 0xe0;

    /// <summary>The slots from the next one to the target of a jump.</summary>
    internal int JumpDistance => Opcode == Opcodes.JumpLong ? Immediate : Offset;

    internal bool IsConditionalJump => IsJump && Jump is not (JumpOperation.Always or JumpOperation.Call or JumpOperation.Exit);

    internal bool IsUnconditionalJump => Opcode is Opcodes.JumpAlways or Opcodes.JumpLong;

    /// <summary>Instructions from the bytes of a program.</summary>
    /// <param name="bytes">Slots of 8 bytes; what is left over after the last whole slot is ignored.</param>
    public static ImmutableArray<BpfInstruction> Read(ReadOnlySpan<byte> bytes)
    {
        var instructions = new BpfInstruction[bytes.Length / Size];
        for (int i = 0; i < instructions.Length; i++)
        {
            ReadOnlySpan<byte> slot = bytes.Slice(i * Size, Size);
            short offset = BinaryPrimitives.ReadInt16LittleEndian(slot[2..]);
            instructions[i] = new(slot[0], slot[1], offset, BinaryPrimitives.ReadInt32LittleEndian(slot[4..]));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(instructions);
    }

    /// <summary>The bytes of the slot.</summary>
    /// <param name="slot">At least 8 bytes.</param>
    public void Write(Span<byte> slot)
    {
        slot[0] = Opcode;
        slot[1] = Registers;
        BinaryPrimitives.WriteInt16LittleEndian(slot[2..], Offset);
        BinaryPrimitives.WriteInt32LittleEndian(slot[4..], Immediate);
    }
}
