using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 44, <c>ebpf_operation_epoch_synchronize_request_t</c>: waits until everything retired so far
/// has been freed.
/// </summary>
[UpstreamStruct("ebpf_operation_epoch_synchronize_request_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 8)]
public struct EpochSynchronizeRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}
