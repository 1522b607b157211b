using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 44, <c>ebpf_operation_epoch_synchronize_request_t</c>: waits until everything retired so far
/// is freed.
/// </summary>
[UpstreamStruct("ebpf_operation_epoch_synchronize_request_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 8)]
public struct EpochSynchronizeRequest
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}
