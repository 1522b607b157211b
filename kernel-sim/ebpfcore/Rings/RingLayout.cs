using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Rings;

/// <summary>The arithmetic of records.</summary>
internal static class RingLayout
{
    /// <summary>The largest payload in bytes: <c>EBPF_RINGBUF_MAX_RECORD_SIZE</c>.</summary>
    public const ulong LongestPayload = RingRecordHeader.LengthMask;

    /// <summary>Size of a record in bytes, with its header and padding. The payload fits 62 bits.</summary>
    public static ulong RecordBytes(ulong payload) =>
        (payload + RingRecordHeader.ByteCount + RingRecordHeader.Alignment - 1) & ~(ulong)(RingRecordHeader.Alignment - 1);
}
