using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 16, <c>ebpf_operation_get_ec_function_request_t</c>: asks for the address of a kernel
/// function for JIT-compiled code.
/// </summary>
[UpstreamStruct("ebpf_operation_get_ec_function_request_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct GetEcFunctionRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The requested function.</summary>
    [FieldOffset(8)]
    public EbpfEcFunction Function;
}

/// <summary>
/// Reply of operation 16, <c>ebpf_operation_get_ec_function_reply_t</c>: the function's address.
/// </summary>
[UpstreamStruct("ebpf_operation_get_ec_function_reply_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct GetEcFunctionReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Address of the function.</summary>
    [FieldOffset(8)]
    public ulong Address;
}
