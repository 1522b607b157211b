using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 36, <c>ebpf_operation_map_get_next_key_value_batch_request_t</c>: reads as many elements as
/// fit the reply, and deletes them if asked; the tail is the previous key, empty to start.
/// </summary>
[UpstreamStruct("ebpf_operation_map_get_next_key_value_batch_request_t", 24, Tail = "previous_key")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapGetNextKeyValueBatchRequest
{
    /// <summary>Offset of <c>previous_key</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 17;

    /// <summary>Size in bytes of <see cref="ResumeMark"/>.</summary>
    public const int ResumeMarkBytes = 8;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;

    /// <summary>Not 0: delete the elements read.</summary>
    [FieldOffset(16)]
    public byte FindAndDelete;

    /// <summary>
    /// A KernelSim extension: 8 bytes after the message, in its buffer but not in <c>header.length</c>, which ask to continue at the previous
    /// key's position even if the key has been deleted. Upstream's driver ignores what follows a message and fails with EBPF_KEY_NOT_FOUND.
    /// </summary>
    public static ReadOnlySpan<byte> ResumeMark => "continue"u8;

    /// <summary>Whether the bytes that follow a message are <see cref="ResumeMark"/>.</summary>
    public static bool HasResumeMark(ReadOnlySpan<byte> behind) => behind.SequenceEqual(ResumeMark);
}

/// <summary>
/// Reply of operation 36, <c>ebpf_operation_map_get_next_key_value_batch_reply_t</c>: records of a key and a value,
/// back to back.
/// </summary>
[UpstreamStruct("ebpf_operation_map_get_next_key_value_batch_reply_t", 12, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapGetNextKeyValueBatchReply
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 8;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}
