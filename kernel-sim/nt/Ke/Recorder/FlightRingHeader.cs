using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// The cache line before the records of a ring: what a debugger needs to decode them, and the word by which threads claim slots.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal struct FlightRingHeader
{
    public const int ByteCount = 64;

    /// <summary>"RCDR" in memory order.</summary>
    public const uint ExpectedSignature = 'R' | ('C' << 8) | ('D' << 16) | ((uint)'R' << 24);

    /// <summary>To be raised with each change of this layout, of <see cref="FlightRecord"/>, or of what a kind's numbers are.</summary>
    public const ushort CurrentVersion = 1;

    [FieldOffset(0)]
    public uint Signature;

    [FieldOffset(4)]
    public ushort Version;

    [FieldOffset(6)]
    public ushort RecordBytes;

    /// <summary>Number of slots, a power of two.</summary>
    [FieldOffset(8)]
    public int Capacity;

    [FieldOffset(12)]
    public int Processor;

    /// <summary>Positions claimed so far: the ring has the last <see cref="Capacity"/> of them. Only threads on the processor write it.</summary>
    [FieldOffset(32)]
    public long Claimed;
}
