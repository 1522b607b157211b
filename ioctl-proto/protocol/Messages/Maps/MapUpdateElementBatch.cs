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
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 20;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;

    /// <summary>Whether the keys may, must not or must exist.</summary>
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
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Number of elements stored; written only on full success.</summary>
    [FieldOffset(8)]
    public uint CountOfElementsProcessed;
}
