using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// The 8-byte header of a record in a ring's data area. The payload follows, and the next record starts at a multiple of 8.
/// </summary>
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = ByteCount)]
public struct RingRecordHeader
{
    /// <summary>Bytes in a header.</summary>
    public const int ByteCount = 8;

    /// <summary>The size of a record with its header is a multiple of this many bytes.</summary>
    public const int Alignment = 8;

    /// <summary>Set in <see cref="Length"/> while the record is being written: a reader stops here.</summary>
    public const uint LockedBit = 0x8000_0000;

    /// <summary>Set in <see cref="Length"/> when the writer discarded the record: a reader skips it.</summary>
    public const uint DiscardedBit = 0x4000_0000;

    /// <summary>The bits of <see cref="Length"/> that count payload bytes, and so the largest payload.</summary>
    public const uint LengthMask = 0x3FFF_FFFF;

    /// <summary>Size of the payload in bytes, and the two flag bits.</summary>
    [FieldOffset(0)]
    public uint Length;

    /// <summary>Index of the page that the record starts in, within the data area.</summary>
    [FieldOffset(4)]
    public uint PageOffset;
}
