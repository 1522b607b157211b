using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 30, <c>ebpf_operation_map_write_data_request_t</c>: writes one record into a ring; the tail
/// is the record.
/// </summary>
[UpstreamStruct("ebpf_operation_map_write_data_request_t", 32, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapWriteDataRequest
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 24;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>Ignored.</summary>
    [FieldOffset(16)]
    public ulong Flags;
}
