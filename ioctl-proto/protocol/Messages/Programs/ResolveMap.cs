using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 1, <c>ebpf_operation_resolve_map_request_t</c>: asks for addresses of maps for a program to
/// be JIT-compiled; the tail is map handles (<c>i64</c> each).
/// </summary>
[UpstreamStruct("ebpf_operation_resolve_map_request_t", 24, Tail = "map_handle")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct ResolveMapRequest
{
    /// <summary>Offset of <c>map_handle</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;
}

/// <summary>
/// Reply of operation 1, <c>ebpf_operation_resolve_map_reply_t</c>: one address (<c>u64</c>) for each map asked for.
/// </summary>
[UpstreamStruct("ebpf_operation_resolve_map_reply_t", 16, Tail = "address")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct ResolveMapReply
{
    /// <summary>Offset of <c>address</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 8;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}
