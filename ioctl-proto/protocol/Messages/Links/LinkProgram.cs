using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 13, <c>ebpf_operation_link_program_request_t</c>: attaches a program to a hook; the tail is
/// attach data.
/// </summary>
[UpstreamStruct("ebpf_operation_link_program_request_t", 40, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct LinkProgramRequest
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 32;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>GUID of the attach type.</summary>
    [FieldOffset(16)]
    public Guid AttachType;
}

/// <summary>
/// Reply of operation 13, <c>ebpf_operation_link_program_reply_t</c>: the new link.
/// </summary>
[UpstreamStruct("ebpf_operation_link_program_reply_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct LinkProgramReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the new link.</summary>
    [FieldOffset(8)]
    public NtHandle LinkHandle;
}
