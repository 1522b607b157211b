using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request, <c>ebpf_operation_get_next_id_request_t</c>: asks for the next id of a link, map or program (operations
/// 22, 23 and 24).
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_id_request_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct GetNextIdRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The id to start after; 0 for the first.</summary>
    [FieldOffset(8)]
    public uint StartId;
}

/// <summary>
/// Reply, <c>ebpf_operation_get_next_id_reply_t</c>: the id found.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_id_reply_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct GetNextIdReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The id found.</summary>
    [FieldOffset(8)]
    public uint NextId;
}
