using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary><c>ebpf_ring_buffer_map_write</c> and <c>ebpf_perf_event_array_map_write</c>.</summary>
internal readonly struct WriteRecordCall(int fd, ulong data, ulong length, BpfMapType type) : ILibraryCall
{
    private const string DataSite = "library:ring_write.data";

    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.Require(data != 0 && length != 0, CheckTable.ApiRingData, "data_length", data == 0 ? 0 : (long)length, 1)
            || !call.TryResolveMap(fd, out NtHandle map, out MapShape? shape)
            || !call.RequireRingType(shape.Type == type, shape.Type, type)
            || !call.RequireMessageLength(MapWriteDataRequest.TailOffset, length)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiRingDataSize, "data", data, 1, length, "data_length"))
        {
            return call.Refused;
        }

        ReadOnlySpan<byte> payload = call.Memory.Access(data, (uint)length, MemoryAccess.Read, DataSite);
        payload.CopyTo(RingMessages.BeginWrite(call.Channel, map, (int)length));
        call.Copies.Copy(CopyStage.Marshal, 0, data, call.Channel.RequestAddress + MapWriteDataRequest.TailOffset, (long)length);
        return call.Channel.Send();
    }
}
