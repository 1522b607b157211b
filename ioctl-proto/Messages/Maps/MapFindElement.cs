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
    /// <summary>Where <c>key</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 17;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;

    /// <summary>Not 0: delete what was found.</summary>
    [FieldOffset(16)]
    public byte FindAndDelete;
}

/// <summary>
/// Reply of operation 5, <c>ebpf_operation_map_find_element_reply_t</c>: the value, all CPUs of it.
/// </summary>
[UpstreamStruct("ebpf_operation_map_find_element_reply_t", 12, Tail = "value")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapFindElementReply
{
    /// <summary>Where <c>value</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 8;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;
}
