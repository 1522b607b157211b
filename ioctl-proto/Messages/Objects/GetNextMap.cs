using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request, <c>ebpf_operation_get_next_map_request_t</c>: asked for the map after another; upstream declares it and
/// uses it nowhere.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_map_request_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct GetNextMapRequest
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The map before, or -1.</summary>
    [FieldOffset(8)]
    public NtHandle PreviousHandle;
}

/// <summary>
/// Reply, <c>ebpf_operation_get_next_map_reply_t</c>: the map found; upstream declares it and uses it nowhere.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_map_reply_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct GetNextMapReply
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The map found, or -1.</summary>
    [FieldOffset(8)]
    public NtHandle NextHandle;
}
