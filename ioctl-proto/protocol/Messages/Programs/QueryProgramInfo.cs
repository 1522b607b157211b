using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 10, <c>ebpf_operation_query_program_info_request_t</c>: asks for a program's code type and
/// origin.
/// </summary>
[UpstreamStruct("ebpf_operation_query_program_info_request_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct QueryProgramInfoRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}

/// <summary>
/// Reply of operation 10, <c>ebpf_operation_query_program_info_reply_t</c>: the tail is file name and
/// section name.
/// </summary>
[UpstreamStruct("ebpf_operation_query_program_info_reply_t", 20, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct QueryProgramInfoReply
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The type of its code.</summary>
    [FieldOffset(8)]
    public EbpfCodeType CodeType;

    /// <summary>Offset of the file name from the start of the message, in bytes.</summary>
    [FieldOffset(12)]
    public ushort FileNameOffset;

    /// <summary>Where the section name starts, in bytes from the start of the message.</summary>
    [FieldOffset(14)]
    public ushort SectionNameOffset;
}
