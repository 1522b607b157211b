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
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 41;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the link, or -1 to detach by program.</summary>
    [FieldOffset(8)]
    public NtHandle LinkHandle;

    /// <summary>Handle of the program, or -1 for any.</summary>
    [FieldOffset(16)]
    public NtHandle ProgramHandle;

    /// <summary>GUID of the attach type.</summary>
    [FieldOffset(24)]
    public Guid AttachType;

    /// <summary>Not 0: if no link is given, find links by program, attach type and the tail.</summary>
    [FieldOffset(40)]
    public byte AttachDataPresent;
}
