using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 15, <c>ebpf_operation_close_handle_request_t</c>: closes a handle.
/// </summary>
[UpstreamStruct("ebpf_operation_close_handle_request_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct CloseHandleRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the object.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}
