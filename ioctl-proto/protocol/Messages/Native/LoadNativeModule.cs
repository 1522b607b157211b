using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 31, <c>ebpf_operation_load_native_module_request_t</c>: loads programs compiled to a driver;
/// the tail is the service name in UTF-16.
/// </summary>
[UpstreamStruct("ebpf_operation_load_native_module_request_t", 28, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct LoadNativeModuleRequest
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 24;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Id of the module.</summary>
    [FieldOffset(8)]
    public Guid ModuleId;
}

/// <summary>
/// Reply of operation 31, <c>ebpf_operation_load_native_module_reply_t</c>: the module and the size of its contents.
/// </summary>
[UpstreamStruct("ebpf_operation_load_native_module_reply_t", 32)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 32)]
public struct LoadNativeModuleReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the module.</summary>
    [FieldOffset(8)]
    public NtHandle NativeModuleHandle;

    /// <summary>Number of maps in the module.</summary>
    [FieldOffset(16)]
    public ulong CountOfMaps;

    /// <summary>Number of programs in the module.</summary>
    [FieldOffset(24)]
    public ulong CountOfPrograms;
}
