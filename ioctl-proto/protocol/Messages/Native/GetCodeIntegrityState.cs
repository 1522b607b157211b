using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 40, <c>ebpf_operation_get_code_integrity_state_request_t</c>: asks which code the machine
/// allows in the kernel.
/// </summary>
[UpstreamStruct("ebpf_operation_get_code_integrity_state_request_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 8)]
public struct GetCodeIntegrityStateRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}

/// <summary>
/// Reply of operation 40, <c>ebpf_operation_get_code_integrity_state_reply_t</c>: the code integrity state.
/// </summary>
[UpstreamStruct("ebpf_operation_get_code_integrity_state_reply_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct GetCodeIntegrityStateReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Not 0: hypervisor code integrity is on, and nothing is JIT-compiled.</summary>
    [FieldOffset(8)]
    public byte HypervisorCodeIntegrityEnabled;

    /// <summary>Not 0: test-signed drivers can be loaded.</summary>
    [FieldOffset(9)]
    public byte TestSigningEnabled;
}
