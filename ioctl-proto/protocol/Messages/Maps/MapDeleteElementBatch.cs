using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 35, <c>ebpf_operation_map_delete_element_batch_request_t</c>: deletes many elements; the tail
/// is keys, back to back.
/// </summary>
[UpstreamStruct("ebpf_operation_map_delete_element_batch_request_t", 24, Tail = "keys")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapDeleteElementBatchRequest
{
    /// <summary>Offset of <c>keys</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 16;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}

/// <summary>
/// Reply of operation 35, <c>ebpf_operation_map_delete_element_batch_reply_t</c>: how many elements were deleted.
/// </summary>
[UpstreamStruct("ebpf_operation_map_delete_element_batch_reply_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct MapDeleteElementBatchReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Number of elements deleted; written only on full success.</summary>
    [FieldOffset(8)]
    public uint CountOfElementsProcessed;
}
