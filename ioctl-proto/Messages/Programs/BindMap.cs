using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 27, <c>ebpf_operation_bind_map_request_t</c>: ties a map's life to a program's.
/// </summary>
[UpstreamStruct("ebpf_operation_bind_map_request_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct BindMapRequest
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>The map.</summary>
    [FieldOffset(16)]
    public NtHandle MapHandle;
}
