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
    /// <summary>Where <c>data</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 32;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>The attach type.</summary>
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
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The new handle.</summary>
    [FieldOffset(8)]
    public NtHandle LinkHandle;
}
