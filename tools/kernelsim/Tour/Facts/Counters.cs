using System.Runtime.InteropServices;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>
/// The value of the tour's map: 12 bytes, so that both halves of the mistake show, the padding (12 is stored in 16) and the CPUs.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal record struct Counters(uint Packets, uint Bytes, uint Drops)
{
    /// <summary>Size of one CPU's value in bytes.</summary>
    public const int Size = 12;

    /// <summary>The declaration of the structure in C.</summary>
    public const string Declaration = "struct counters { u32 packets, bytes, drops; }";

    /// <summary>Adds two.</summary>
    public static Counters operator +(Counters a, Counters b) =>
        new(unchecked(a.Packets + b.Packets), unchecked(a.Bytes + b.Bytes), unchecked(a.Drops + b.Drops));

    /// <summary>The counters that lie at the start of some bytes.</summary>
    public static Counters From(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Counters>(bytes);
}
