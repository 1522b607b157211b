namespace KernelSim.Bytecode;

/// <summary>The high four bits of an opcode of the classes JMP and JMP32.</summary>
internal enum JumpOperation : byte
{
    Always = 0x00,
    Equal = 0x10,
    Greater = 0x20,
    GreaterOrEqual = 0x30,
    AnyBit = 0x40,
    NotEqual = 0x50,
    SignedGreater = 0x60,
    SignedGreaterOrEqual = 0x70,
    Call = 0x80,
    Exit = 0x90,
    Less = 0xa0,
    LessOrEqual = 0xb0,
    SignedLess = 0xc0,
    SignedLessOrEqual = 0xd0,
}
