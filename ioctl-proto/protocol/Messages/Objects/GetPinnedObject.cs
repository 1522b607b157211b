using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 12, <c>ebpf_operation_get_pinned_object_request_t</c>: opens a pinned object; the tail is the
/// path, not terminated.
/// </summary>
[UpstreamStruct("ebpf_operation_get_pinned_object_request_t", 12, Tail = "path")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetPinnedObjectRequest
{
    /// <summary>Offset of <c>path</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 8;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}

/// <summary>
/// Reply of operation 12, <c>ebpf_operation_get_pinned_object_reply_t</c>: a new handle.
/// </summary>
[UpstreamStruct("ebpf_operation_get_pinned_object_reply_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct GetPinnedObjectReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The new handle.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}
