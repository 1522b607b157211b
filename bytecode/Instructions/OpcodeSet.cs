namespace KernelSim.Bytecode;

/// <summary>Which opcodes RFC 9669 defines: one row for each group.</summary>
internal static class OpcodeSet
{
    private static readonly bool[] s_known = Make();

    public static bool Contains(byte opcode) => s_known[opcode];

    /// <summary>
    /// Whether the opcode is one of the deprecated packet instructions, <c>LD_ABS</c> and <c>LD_IND</c>, which eBPF for Windows never had.
    /// </summary>
    public static bool IsPacketAccess(byte opcode) => (opcode & 0x07) == (int)InstructionClass.Ld
        && (opcode & 0xe0) is Opcodes.ModeAbsolute or Opcodes.ModeIndirect && (opcode & 0x18) != 0x18;

    private static bool[] Make()
    {
        var known = new bool[256];
        byte[] arithmetic = [0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x90, 0xa0, 0xb0, 0xc0];
        foreach (byte operation in arithmetic)
        {
            Add(known, operation | 0x04, operation | 0x0c, operation | 0x07, operation | 0x0f);
        }

        byte[] conditions = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0];
        foreach (byte condition in conditions)
        {
            Add(known, condition | 0x05, condition | 0x0d, condition | 0x06, condition | 0x0e);
        }

        Add(known, 0x84, 0x87, Opcodes.LittleEndian, Opcodes.BigEndian, Opcodes.ByteSwap);
        Add(known, Opcodes.JumpAlways, Opcodes.JumpLong, Opcodes.Call, Opcodes.CallRegister, Opcodes.Exit);
        Add(known, Opcodes.LoadWide, 0x61, 0x69, 0x71, 0x79, 0x81, 0x89, 0x91);
        Add(known, 0x62, 0x6a, 0x72, 0x7a, 0x63, 0x6b, 0x73, 0x7b, Opcodes.Atomic32, Opcodes.Atomic64);
        return known;
    }

    private static void Add(bool[] known, params ReadOnlySpan<int> opcodes)
    {
        foreach (int opcode in opcodes)
        {
            known[opcode] = true;
        }
    }
}
