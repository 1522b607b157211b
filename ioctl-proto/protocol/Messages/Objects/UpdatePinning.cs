using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 11, <c>ebpf_operation_update_pinning_request_t</c>: pins an object under a path, or removes a
/// pin; the tail is the path, not terminated.
/// </summary>
[UpstreamStruct("ebpf_operation_update_pinning_request_t", 24, Tail = "path")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct UpdatePinningRequest
{
    /// <summary>Offset of <c>path</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the object to pin, or -1 to remove the pin.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}
