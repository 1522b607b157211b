using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 7, <c>ebpf_operation_map_update_element_with_handle_request_t</c>: stores an object in a map
/// of maps or a program array; the tail is the key.
/// </summary>
[UpstreamStruct("ebpf_operation_map_update_element_with_handle_request_t", 32, Tail = "key")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapUpdateElementWithHandleRequest
{
    /// <summary>Offset of <c>key</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 28;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map of maps or program array.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>Handle of the object to store, or -1 to clear an array slot.</summary>
    [FieldOffset(16)]
    public NtHandle ValueHandle;

    /// <summary>Whether the key may, must not or must exist.</summary>
    [FieldOffset(24)]
    public EbpfMapOption Option;
}
