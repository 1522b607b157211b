using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What a record in a ring's data area starts with, 8 bytes; the payload follows, and the next record starts at a multiple of 8.
/// </summary>
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = ByteCount)]
public struct RingRecordHeader
{
    /// <summary>Bytes in a header.</summary>
    public const int ByteCount = 8;

    /// <summary>A record with its header takes a multiple of this many bytes.</summary>
    public const int Alignment = 8;

    /// <summary>Set in <see cref="Length"/> while the record is being written: a reader stops here.</summary>
    public const uint LockedBit = 0x8000_0000;

    /// <summary>Set in <see cref="Length"/> when the writer gave the record up: a reader skips it.</summary>
    public const uint DiscardedBit = 0x4000_0000;

    /// <summary>The bits of <see cref="Length"/> that count payload bytes, and so the largest payload.</summary>
    public const uint LengthMask = 0x3FFF_FFFF;

    /// <summary>Bytes of payload, and the two bits.</summary>
    [FieldOffset(0)]
    public uint Length;

    /// <summary>The number of the page that the record starts in, within the data area.</summary>
    [FieldOffset(4)]
    public uint PageOffset;
}
