using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 25, <c>ebpf_operation_get_object_info_request_t</c>: asks about an object; the tail is an
/// info structure with what the caller wants.
/// </summary>
[UpstreamStruct("ebpf_operation_get_object_info_request_t", 24, Tail = "info")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetObjectInfoRequest
{
    /// <summary>Offset of <c>info</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the object.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}

/// <summary>
/// Reply of operation 25, <c>ebpf_operation_get_object_info_reply_t</c>: the tail is <see
/// cref="BpfMapInfo"/>, <see cref="BpfProgInfo"/> or <see cref="BpfLinkInfo"/>, truncated to the room in the output buffer.
/// </summary>
[UpstreamStruct("ebpf_operation_get_object_info_reply_t", 16, Tail = "info")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetObjectInfoReply
{
    /// <summary>Offset of <c>info</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 12;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Type of the object, and so which structure the tail holds.</summary>
    [FieldOffset(8)]
    public EbpfObjectType Type;
}
