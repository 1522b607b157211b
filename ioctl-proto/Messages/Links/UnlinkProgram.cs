using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 14, <c>ebpf_operation_unlink_program_request_t</c>: detaches programs; the tail is attach
/// data.
/// </summary>
[UpstreamStruct("ebpf_operation_unlink_program_request_t", 48, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct UnlinkProgramRequest
{
    /// <summary>Where <c>data</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 41;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The link, or -1 to detach by program.</summary>
    [FieldOffset(8)]
    public NtHandle LinkHandle;

    /// <summary>The program, or -1 for any.</summary>
    [FieldOffset(16)]
    public NtHandle ProgramHandle;

    /// <summary>The attach type.</summary>
    [FieldOffset(24)]
    public Guid AttachType;

    /// <summary>Not 0: where no link is given, find links by program, attach type and the tail.</summary>
    [FieldOffset(40)]
    public byte AttachDataPresent;
}
