using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 40, <c>ebpf_operation_get_code_integrity_state_request_t</c>: asks which code the machine
/// lets run in the kernel.
/// </summary>
[UpstreamStruct("ebpf_operation_get_code_integrity_state_request_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 8)]
public struct GetCodeIntegrityStateRequest
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}

/// <summary>
/// Reply of operation 40, <c>ebpf_operation_get_code_integrity_state_reply_t</c>: the answer.
/// </summary>
[UpstreamStruct("ebpf_operation_get_code_integrity_state_reply_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct GetCodeIntegrityStateReply
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Not 0: the hypervisor guards kernel code, and nothing is JIT-compiled.</summary>
    [FieldOffset(8)]
    public byte HypervisorCodeIntegrityEnabled;

    /// <summary>Not 0: test-signed drivers load.</summary>
    [FieldOffset(9)]
    public byte TestSigningEnabled;
}
