using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Writes a record from user mode into the ring of the CPU that serves the call: <c>ebpf_perf_event_array_map_write</c>.</summary>
    /// <param name="map_fd">Descriptor of the perf event array.</param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="data_length">Size of the payload in bytes, at most 65,511.</param>
    /// <returns>See <see cref="ebpf_ring_buffer_map_write"/>.</returns>
    public EbpfResult ebpf_perf_event_array_map_write(int map_fd, ulong data, ulong data_length) =>
        Result(new WriteRecordCall(map_fd, data, data_length, BpfMapType.PerfEventArray));

    /// <summary>Writes a record from user mode: <c>ebpf_ring_buffer_map_write</c>.</summary>
    /// <param name="map_fd">Descriptor of the ring buffer.</param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="data_length">Size of the payload in bytes, at most 65,511.</param>
    /// <returns>
    /// Success; INVALID_FD; INVALID_ARGUMENT for an empty record, a map of another type or a record that can never fit; NO_MEMORY if the ring
    /// is full; ARITHMETIC_OVERFLOW if it does not fit a message.
    /// </returns>
    public EbpfResult ebpf_ring_buffer_map_write(int map_fd, ulong data, ulong data_length) =>
        Result(new WriteRecordCall(map_fd, data, data_length, BpfMapType.Ringbuf));
}

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
