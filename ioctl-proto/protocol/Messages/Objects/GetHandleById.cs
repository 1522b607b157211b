using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request, <c>ebpf_operation_get_handle_by_id_request_t</c>: opens a link, map or program by its id (operations 19,
/// 20 and 21).
/// </summary>
[UpstreamStruct("ebpf_operation_get_handle_by_id_request_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct GetHandleByIdRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Id of the object.</summary>
    [FieldOffset(8)]
    public uint Id;
}

/// <summary>
/// Reply, <c>ebpf_operation_get_handle_by_id_reply_t</c>: a new handle.
/// </summary>
[UpstreamStruct("ebpf_operation_get_handle_by_id_reply_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct GetHandleByIdReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The new handle.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}
