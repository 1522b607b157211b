using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 10, <c>ebpf_operation_query_program_info_request_t</c>: asks how a program runs and where it
/// came from.
/// </summary>
[UpstreamStruct("ebpf_operation_query_program_info_request_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct QueryProgramInfoRequest
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The program.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}

/// <summary>
/// Reply of operation 10, <c>ebpf_operation_query_program_info_reply_t</c>: the answer; the tail is file name and
/// section name.
/// </summary>
[UpstreamStruct("ebpf_operation_query_program_info_reply_t", 20, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct QueryProgramInfoReply
{
    /// <summary>Where <c>data</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>What kind of code.</summary>
    [FieldOffset(8)]
    public EbpfCodeType CodeType;

    /// <summary>Where the file name starts, in bytes from the start of the message.</summary>
    [FieldOffset(12)]
    public ushort FileNameOffset;

    /// <summary>Where the section name starts, in bytes from the start of the message.</summary>
    [FieldOffset(14)]
    public ushort SectionNameOffset;
}
