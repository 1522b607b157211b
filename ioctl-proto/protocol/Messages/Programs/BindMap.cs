using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 27, <c>ebpf_operation_bind_map_request_t</c>: keeps a map alive as long as a program.
/// </summary>
[UpstreamStruct("ebpf_operation_bind_map_request_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct BindMapRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(16)]
    public NtHandle MapHandle;
}
