using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 43, <c>ebpf_operation_ring_buffer_map_unmap_buffer_request_t</c>: releases a ring's
/// sections.
/// </summary>
[UpstreamStruct("ebpf_operation_ring_buffer_map_unmap_buffer_request_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct RingBufferMapUnmapBufferRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>Which ring: 0, or the CPU for a perf event array.</summary>
    [FieldOffset(16)]
    public ulong Index;
}
