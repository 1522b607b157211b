using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 42, <c>ebpf_operation_ring_buffer_map_map_buffer_request_t</c>: asks for a section of a
/// ring's memory.
/// </summary>
[UpstreamStruct("ebpf_operation_ring_buffer_map_map_buffer_request_t", 32)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 32)]
public struct RingBufferMapMapBufferRequest
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

    /// <summary>The section, a <see cref="RingBufferUserSection"/>.</summary>
    [FieldOffset(24)]
    public uint Section;
}

/// <summary>
/// Reply of operation 42, <c>ebpf_operation_ring_buffer_map_map_buffer_reply_t</c>: the section.
/// </summary>
[UpstreamStruct("ebpf_operation_ring_buffer_map_map_buffer_reply_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct RingBufferMapMapBufferReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the section.</summary>
    [FieldOffset(8)]
    public ulong SectionHandle;

    /// <summary>Size of the view in bytes.</summary>
    [FieldOffset(16)]
    public ulong ViewSize;
}
