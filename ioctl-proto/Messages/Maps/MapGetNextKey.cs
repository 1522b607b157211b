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
    /// <summary>Where <c>previous_key</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The map.</summary>
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
    /// <summary>Where <c>next_key</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Left as it was.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}
