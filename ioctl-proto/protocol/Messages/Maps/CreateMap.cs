using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 3, <c>ebpf_operation_create_map_request_t</c>: creates a map; the tail is its name, not
/// terminated.
/// </summary>
[UpstreamStruct("ebpf_operation_create_map_request_t", 48, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct CreateMapRequest
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 40;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Definition of the map to create.</summary>
    [FieldOffset(8)]
    public EbpfMapDefinition EbpfMapDefinition;

    /// <summary>Handle of the template of a map of maps, otherwise -1.</summary>
    [FieldOffset(32)]
    public NtHandle InnerMapHandle;
}

/// <summary>
/// Reply of operation 3, <c>ebpf_operation_create_map_reply_t</c>: the new map.
/// </summary>
[UpstreamStruct("ebpf_operation_create_map_reply_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct CreateMapReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the new map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;
}
