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
    /// <summary>Where <c>data</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 24;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The map.</summary>
    [FieldOffset(8)]
    public NtHandle MapHandle;

    /// <summary>Ignored.</summary>
    [FieldOffset(16)]
    public ulong Flags;
}
