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
    /// <summary>Where <c>info</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The object.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}

/// <summary>
/// Reply of operation 25, <c>ebpf_operation_get_object_info_reply_t</c>: the answer; the tail is <see
/// cref="BpfMapInfo"/>, <see cref="BpfProgInfo"/> or <see cref="BpfLinkInfo"/>, cut where the room ends.
/// </summary>
[UpstreamStruct("ebpf_operation_get_object_info_reply_t", 16, Tail = "info")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetObjectInfoReply
{
    /// <summary>Where <c>info</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 12;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>What the handle stands for, and so which structure the tail holds.</summary>
    [FieldOffset(8)]
    public EbpfObjectType Type;
}
