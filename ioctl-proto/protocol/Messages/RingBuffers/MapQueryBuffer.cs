using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 28, <c>ebpf_operation_map_query_buffer_request_t</c>: asks for the address of a ring's data.
/// </summary>
[UpstreamStruct("ebpf_operation_map_query_buffer_request_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct MapQueryBufferRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>Which ring: 0, or the CPU for a perf event array.</summary>
    [FieldOffset(16)]
    public uint Index;
}

/// <summary>
/// Reply of operation 28, <c>ebpf_operation_map_query_buffer_reply_t</c>: the address of the data and the reader's position.
/// </summary>
[UpstreamStruct("ebpf_operation_map_query_buffer_reply_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct MapQueryBufferReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Kernel address of the data. User mode can only compare it; to read the data it maps the sections (operation 42).</summary>
    [FieldOffset(8)]
    public ulong BufferAddress;

    /// <summary>The reader's position.</summary>
    [FieldOffset(16)]
    public ulong ConsumerOffset;
}
