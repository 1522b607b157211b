using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 34, <c>ebpf_operation_map_update_element_batch_request_t</c>: inserts or replaces many
/// elements; the tail is records of a key and a value, back to back.
/// </summary>
[UpstreamStruct("ebpf_operation_map_update_element_batch_request_t", 24, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapUpdateElementBatchRequest
{
    /// <summary>Where <c>data</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 20;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;

    /// <summary>Whether the key must, must not or may be there.</summary>
    [FieldOffset(16)]
    public EbpfMapOption Option;
}

/// <summary>
/// Reply of operation 34, <c>ebpf_operation_map_update_element_batch_reply_t</c>: how many elements were stored.
/// </summary>
[UpstreamStruct("ebpf_operation_map_update_element_batch_reply_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct MapUpdateElementBatchReply
{
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Elements done; written on full success only.</summary>
    [FieldOffset(8)]
    public uint CountOfElementsProcessed;
}
