namespace KernelSim.Bytecode;

/// <summary>The immediate of an atomic instruction, without the bit that says that the old value goes to the source register.</summary>
internal enum AtomicOperation
{
    Add = 0x00,
    Or = 0x40,
    And = 0x50,
    Xor = 0xa0,
    Exchange = 0xe0,
    CompareExchange = 0xf0,
}
