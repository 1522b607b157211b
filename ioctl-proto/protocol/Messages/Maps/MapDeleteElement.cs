using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 8, <c>ebpf_operation_map_delete_element_request_t</c>: deletes one element; the tail is the
/// key.
/// </summary>
[UpstreamStruct("ebpf_operation_map_delete_element_request_t", 24, Tail = "key")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapDeleteElementRequest
{
    /// <summary>Offset of <c>key</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}
