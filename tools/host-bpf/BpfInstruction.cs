namespace KernelSim.HostBpf;

/// <summary>Instructions of eBPF, eight bytes each, for programs of a few lines: <c>opcode | dst | src | offset | immediate</c>.</summary>
public static class BpfInstruction
{
    /// <summary>The stack's end: locals stand below it.</summary>
    public const int FramePointer = 10;

    /// <summary><c>rD = immediate</c>.</summary>
    public static ulong Set(int d, int immediate) => Encode(0xb7, d, 0, 0, immediate);

    /// <summary><c>rD = rS</c>.</summary>
    public static ulong Move(int d, int s) => Encode(0xbf, d, s, 0, 0);

    /// <summary><c>rD += immediate</c>.</summary>
    public static ulong Add(int d, int immediate) => Encode(0x07, d, 0, 0, immediate);

    /// <summary><c>*(u32 *)(rD + offset) = immediate</c>.</summary>
    public static ulong StoreWord(int d, short offset, int immediate) => Encode(0x62, d, 0, offset, immediate);

    /// <summary><c>*(u64 *)(rD + offset) = immediate</c>.</summary>
    public static ulong StoreDoubleWord(int d, short offset, int immediate) => Encode(0x7a, d, 0, offset, immediate);

    /// <summary><c>*(u64 *)(rD + offset) = rS</c>.</summary>
    public static ulong Store(int d, short offset, int s) => Encode(0x7b, d, s, offset, 0);

    /// <summary><c>rD = *(u64 *)(rS + offset)</c>.</summary>
    public static ulong Load(int d, int s, short offset) => Encode(0x79, d, s, offset, 0);

    /// <summary>Skips instructions if <c>rD == 0</c>.</summary>
    public static ulong SkipIfZero(int d, short count) => Encode(0x15, d, 0, count, 0);

    /// <summary>Calls a helper: arguments in r1 to r5, result in r0.</summary>
    public static ulong Call(int helper) => Encode(0x85, 0, 0, 0, helper);

    /// <summary>Returns r0.</summary>
    public static ulong Exit() => Encode(0x95, 0, 0, 0, 0);

    /// <summary><c>rD = map</c>: two instructions, of which the kernel replaces the descriptor.</summary>
    public static ulong[] LoadMap(int d, HostBpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return [Encode(0x18, d, 1, 0, map.Descriptor), 0];
    }

    /// <summary><c>rD = &amp;value</c> of an array's first element: two instructions, of which the kernel replaces the descriptor.</summary>
    public static ulong[] LoadMapValue(int d, HostBpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return [Encode(0x18, d, 2, 0, map.Descriptor), 0];
    }

    private static ulong Encode(byte opcode, int d, int s, short offset, int immediate) =>
        opcode | ((ulong)d << 8) | ((ulong)s << 12) | ((ulong)(ushort)offset << 16) | ((ulong)(uint)immediate << 32);
}
