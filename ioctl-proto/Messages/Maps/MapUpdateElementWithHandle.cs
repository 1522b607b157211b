using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 7, <c>ebpf_operation_map_update_element_with_handle_request_t</c>: puts an object into a map
/// of maps or a program array; the tail is the key.
/// </summary>
[UpstreamStruct("ebpf_operation_map_update_element_with_handle_request_t", 32, Tail = "key")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapUpdateElementWithHandleRequest
{
    /// <summary>Where <c>key</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 28;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The outer map or program array.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>The object to put in, or -1 to clear an array slot.</summary>
    [FieldOffset(16)]
    public NtHandle ValueHandle;

    /// <summary>Whether the key must, must not or may be there.</summary>
    [FieldOffset(24)]
    public EbpfMapOption Option;
}
