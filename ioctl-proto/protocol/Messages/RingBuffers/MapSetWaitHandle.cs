using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 41, <c>ebpf_operation_map_set_wait_handle_request_t</c>: names the event that is set when a
/// ring has data.
/// </summary>
[UpstreamStruct("ebpf_operation_map_set_wait_handle_request_t", 40)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 40)]
public struct MapSetWaitHandleRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>Handle of the event.</summary>
    [FieldOffset(16)]
    public NtHandle WaitHandle;

    /// <summary>Which ring: 0, or the CPU for a perf event array.</summary>
    [FieldOffset(24)]
    public ulong Index;

    /// <summary>Must be 0.</summary>
    [FieldOffset(32)]
    public ulong Flags;
}
