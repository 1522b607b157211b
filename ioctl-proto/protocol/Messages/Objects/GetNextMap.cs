using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request, <c>ebpf_operation_get_next_map_request_t</c>: asks for the map after another. Upstream declares it but does not
/// use it.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_map_request_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct GetNextMapRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the previous map, or -1.</summary>
    [FieldOffset(8)]
    public NtHandle PreviousHandle;
}

/// <summary>
/// Reply, <c>ebpf_operation_get_next_map_reply_t</c>: the map found. Upstream declares it but does not use it.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_map_reply_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct GetNextMapReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map found, or -1.</summary>
    [FieldOffset(8)]
    public NtHandle NextHandle;
}
