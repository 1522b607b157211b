using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 39, <c>ebpf_operation_authorize_native_module_request_t</c>: lets a module with this hash
/// load.
/// </summary>
[UpstreamStruct("ebpf_operation_authorize_native_module_request_t", 56)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 56)]
public struct AuthorizeNativeModuleRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Id of the module.</summary>
    [FieldOffset(8)]
    public Guid ModuleId;

    /// <summary>SHA-256 of the module's file.</summary>
    [FieldOffset(24)]
    public ModuleHash ModuleHash;
}
