using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 5, <c>ebpf_operation_map_find_element_request_t</c>: finds the value of a key, and deletes it
/// if asked; the tail is the key.
/// </summary>
[UpstreamStruct("ebpf_operation_map_find_element_request_t", 24, Tail = "key")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapFindElementRequest
{
    /// <summary>Offset of <c>key</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 17;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;

    /// <summary>Not 0: delete the element found.</summary>
    [FieldOffset(16)]
    public byte FindAndDelete;
}

/// <summary>
/// Reply of operation 5, <c>ebpf_operation_map_find_element_reply_t</c>: the whole value, with the slots of all CPUs.
/// </summary>
[UpstreamStruct("ebpf_operation_map_find_element_reply_t", 12, Tail = "value")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapFindElementReply
{
    /// <summary>Offset of <c>value</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 8;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}
