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
