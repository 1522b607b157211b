using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 6, <c>ebpf_operation_map_update_element_request_t</c>: inserts or replaces one element; the
/// tail is the key, then the value.
/// </summary>
[UpstreamStruct("ebpf_operation_map_update_element_request_t", 24, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapUpdateElementRequest
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 20;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;

    /// <summary>Whether the key may, must not or must exist.</summary>
    [FieldOffset(16)]
    public EbpfMapOption Option;
}
