using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 32, <c>ebpf_operation_load_native_programs_request_t</c>: loads the programs and maps of a
/// native module.
/// </summary>
[UpstreamStruct("ebpf_operation_load_native_programs_request_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct LoadNativeProgramsRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Id of the module.</summary>
    [FieldOffset(8)]
    public Guid ModuleId;
}

/// <summary>
/// Reply of operation 32, <c>ebpf_operation_load_native_programs_reply_t</c>: the tail is handles (<c>i64</c> each):
/// maps first, then programs.
/// </summary>
[UpstreamStruct("ebpf_operation_load_native_programs_reply_t", 32, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct LoadNativeProgramsReply
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 24;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Number of program handles in the tail.</summary>
    [FieldOffset(8)]
    public ulong ProgramHandleCount;

    /// <summary>Number of map handles in the tail.</summary>
    [FieldOffset(16)]
    public ulong MapHandleCount;
}
