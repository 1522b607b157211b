namespace KernelSim.Bytecode;

/// <summary>The faults of an access: what the instruction or the helper did, and the region next to it.</summary>
internal static class AccessFault
{
    /// <summary>A load, a store or an atomic of the current instruction.</summary>
    public static BytecodeFault Of(ref BytecodeRun run, ulong address, ulong length, bool write)
    {
        BpfInstruction instruction = run.Program!.Instructions[run.CurrentInstruction];
        int register = BaseOf(instruction);
        string what = $"{(write ? "write" : "read")} of {Bytes(length)} at {Place(register, instruction.Offset)} (0x{address:x})";
        return Make(ref run, write, what, register, address, length);
    }

    /// <summary>What a helper would do with an argument.</summary>
    public static BytecodeFault OfArgument(ref BytecodeRun run, int register, ulong address, ulong length, bool write)
    {
        string what = $"the helper {(write ? "writes" : "reads")} {Bytes(length)} at r{register} (0x{address:x})";
        return Make(ref run, write, what, register, address, length);
    }

    public static BytecodeFault OfMisaligned(ref BytecodeRun run, ulong address)
    {
        BpfInstruction instruction = run.Program!.Instructions[run.CurrentInstruction];
        int register = BaseOf(instruction);
        int size = instruction.AccessLength;
        string text = $"atomic operation on {size} bytes at {Place(register, instruction.Offset)} (0x{address:x}): "
            + $"the address is no multiple of {size}";
        return RunFault.Of(ref run, BytecodeFaultKind.MisalignedAtomic, text) with { Register = register, Address = address, Length = (ulong)size };
    }

    private static BytecodeFault Make(ref BytecodeRun run, bool write, string what, int register, ulong address, ulong length)
    {
        (MemoryRegion nearest, long distance) = NearestRegion.Of(ref run, address, length);
        string text = $"{what} by instruction {RunFault.InstructionText(ref run)}: {NearestRegion.TextOf(nearest, distance, address, length)}";
        BytecodeFaultKind kind = write ? BytecodeFaultKind.InvalidWrite : BytecodeFaultKind.InvalidRead;
        return new(kind, RunFault.NameOf(ref run), run.CurrentInstruction, text)
        {
            Register = register,
            Address = address,
            Length = length,
            NearestRegion = nearest,
            Distance = distance,
        };
    }

    private static int BaseOf(BpfInstruction instruction) =>
        instruction.Class == InstructionClass.Ldx ? instruction.Source : instruction.Destination;

    private static string Place(int register, short offset) => offset == 0 ? $"r{register}" : $"r{register}{offset:+0;-0}";

    private static string Bytes(ulong count) => count == 1 ? "1 byte" : $"{count} bytes";
}
