namespace KernelSim.Bytecode;

/// <summary>Opcodes and fields that stand for themselves; the others are composed of class, operation and source.</summary>
internal static class Opcodes
{
    public const byte RegisterOperand = 0x08;

    public const byte LoadWide = 0x18;
    public const byte JumpAlways = 0x05;
    public const byte JumpLong = 0x06;
    public const byte Call = 0x85;
    public const byte CallRegister = 0x8d;
    public const byte Exit = 0x95;
    public const byte LittleEndian = 0xd4;
    public const byte BigEndian = 0xdc;
    public const byte ByteSwap = 0xd7;
    public const byte Atomic32 = 0xc3;
    public const byte Atomic64 = 0xdb;

    /// <summary>The bit of an atomic's immediate that says that the old value goes to the source register.</summary>
    public const int Fetch = 0x01;

    public const int ModeImmediate = 0x00;
    public const int ModeAbsolute = 0x20;
    public const int ModeIndirect = 0x40;
    public const int ModeMemory = 0x60;
    public const int ModeSigned = 0x80;
    public const int ModeAtomic = 0xc0;

    /// <summary>The source field of a call: what its immediate is.</summary>
    public const int HelperCall = 0;
    public const int LocalCall = 1;

    /// <summary>The offset of a division that is signed.</summary>
    public const short Signed = 1;

    public const int FramePointer = 10;
}
