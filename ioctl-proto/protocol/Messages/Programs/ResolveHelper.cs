using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 0, <c>ebpf_operation_resolve_helper_request_t</c>: asks for addresses of helpers for a
/// program to be JIT-compiled; the tail is helper ids (<c>u32</c> each).
/// </summary>
[UpstreamStruct("ebpf_operation_resolve_helper_request_t", 24, Tail = "helper_id")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct ResolveHelperRequest
{
    /// <summary>Offset of <c>helper_id</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;
}

/// <summary>
/// Reply of operation 0, <c>ebpf_operation_resolve_helper_reply_t</c>: one <see cref="HelperFunctionAddress"/> for
/// each helper asked for.
/// </summary>
[UpstreamStruct("ebpf_operation_resolve_helper_reply_t", 24, Tail = "address")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct ResolveHelperReply
{
    /// <summary>Offset of <c>address</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 8;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}
