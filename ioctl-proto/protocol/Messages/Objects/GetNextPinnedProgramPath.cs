using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 26, <c>ebpf_operation_get_next_pinned_program_path_request_t</c>: asks for the path after
/// another; the tail is that path. Superseded by operation 38.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_pinned_program_path_request_t", 12, Tail = "start_path")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetNextPinnedProgramPathRequest
{
    /// <summary>Offset of <c>start_path</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 8;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}

/// <summary>
/// Reply of operation 26, <c>ebpf_operation_get_next_pinned_program_path_reply_t</c>: the tail is the path found.
/// </summary>
[UpstreamStruct("ebpf_operation_get_next_pinned_program_path_reply_t", 12, Tail = "next_path")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetNextPinnedProgramPathReply
{
    /// <summary>Offset of <c>next_path</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 8;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}
