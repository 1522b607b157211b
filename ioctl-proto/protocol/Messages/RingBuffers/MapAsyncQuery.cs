using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 29, <c>ebpf_operation_map_async_query_request_t</c>: waits for data in a ring.
/// </summary>
[UpstreamStruct("ebpf_operation_map_async_query_request_t", 32)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 32)]
public struct MapAsyncQueryRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>The ring: 0, or the CPU for a perf event array.</summary>
    [FieldOffset(16)]
    public uint Index;

    /// <summary>The caller's consumer offset: everything before it has been read.</summary>
    [FieldOffset(24)]
    public ulong ConsumerOffset;
}

/// <summary>
/// Reply of operation 29, <c>ebpf_operation_map_async_query_reply_t</c>: the ring's positions once there is data.
/// </summary>
[UpstreamStruct("ebpf_operation_map_async_query_reply_t", 32)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 32)]
public struct MapAsyncQueryReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The positions of writer and reader.</summary>
    [FieldOffset(8)]
    public MapAsyncQueryResult AsyncQueryResult;
}
