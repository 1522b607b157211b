using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 18, <c>ebpf_operation_get_pinned_map_info_request_t</c>: asks for all pinned maps.
/// </summary>
[UpstreamStruct("ebpf_operation_get_pinned_map_info_request_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 8)]
public struct GetPinnedMapInfoRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}

/// <summary>
/// Reply of operation 18, <c>ebpf_operation_get_pinned_map_info_reply_t</c>: the tail is <see
/// cref="SerializedMapInfo"/> records.
/// </summary>
[UpstreamStruct("ebpf_operation_get_pinned_map_info_reply_t", 32, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetPinnedMapInfoReply
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 24;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Number of records in the tail.</summary>
    [FieldOffset(8)]
    public ushort MapCount;

    /// <summary>Size of the tail in bytes.</summary>
    [FieldOffset(16)]
    public ulong Size;
}
