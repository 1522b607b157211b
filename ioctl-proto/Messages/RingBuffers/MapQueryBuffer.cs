using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 28, <c>ebpf_operation_map_query_buffer_request_t</c>: asks where a ring's data lies.
/// </summary>
[UpstreamStruct("ebpf_operation_map_query_buffer_request_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct MapQueryBufferRequest
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The map.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>Which ring: 0, or the CPU for a perf event array.</summary>
    [FieldOffset(16)]
    public uint Index;
}

/// <summary>
/// Reply of operation 28, <c>ebpf_operation_map_query_buffer_reply_t</c>: where it lies.
/// </summary>
[UpstreamStruct("ebpf_operation_map_query_buffer_reply_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct MapQueryBufferReply
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Where the data starts in the kernel; user mode can do nothing with it but compare. It maps the sections instead (operation 42).</summary>
    [FieldOffset(8)]
    public ulong BufferAddress;

    /// <summary>How far the reader is.</summary>
    [FieldOffset(16)]
    public ulong ConsumerOffset;
}
