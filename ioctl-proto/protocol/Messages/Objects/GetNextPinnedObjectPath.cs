using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 38, <c>ebpf_operation_get_next_pinned_object_path_request_t</c>: asks for the path after
/// another, of objects of one type or of any; the tail is that path.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_pinned_object_path_request_t", 16, Tail = "start_path")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetNextPinnedObjectPathRequest
{
    /// <summary>Offset of <c>start_path</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 12;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Type of the objects to list; <see cref="EbpfObjectType.Unknown"/> for any.</summary>
    [FieldOffset(8)]
    public EbpfObjectType Type;
}

/// <summary>
/// Reply of operation 38, <c>ebpf_operation_get_next_pinned_object_path_reply_t</c>: the tail is the path found.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_pinned_object_path_reply_t", 16, Tail = "next_path")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetNextPinnedObjectPathReply
{
    /// <summary>Offset of <c>next_path</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 12;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Type of the object found.</summary>
    [FieldOffset(8)]
    public EbpfObjectType Type;
}
