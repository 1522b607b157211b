using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 9, <c>ebpf_operation_map_get_next_key_request_t</c>: asks for the key after another; the tail
/// is the previous key, empty for the first.
/// </summary>
[UpstreamStruct("ebpf_operation_map_get_next_key_request_t", 24, Tail = "previous_key")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapGetNextKeyRequest
{
    /// <summary>Offset of <c>previous_key</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}

/// <summary>
/// Reply of operation 9, <c>ebpf_operation_map_get_next_key_reply_t</c>: the key found.
/// </summary>
[UpstreamStruct("ebpf_operation_map_get_next_key_reply_t", 24, Tail = "next_key")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapGetNextKeyReply
{
    /// <summary>Offset of <c>next_key</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Not written by the driver.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}
