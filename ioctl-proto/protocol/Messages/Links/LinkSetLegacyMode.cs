using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 45, <c>ebpf_operation_link_set_legacy_mode_request_t</c>: keeps a link attached after its
/// last handle is closed, which the older API calls guarantee.
/// </summary>
[UpstreamStruct("ebpf_operation_link_set_legacy_mode_request_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct LinkSetLegacyModeRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the link.</summary>
    [FieldOffset(8)]
    public NtHandle LinkHandle;
}
