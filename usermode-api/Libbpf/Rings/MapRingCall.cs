using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Maps a ring buffer into the process: <c>ebpf_ring_buffer_map_map_buffer</c>.</summary>
    /// <param name="map_fd">Descriptor of the ring buffer.</param>
    /// <param name="consumer">See <see cref="ebpf_ring_buffer_get_buffer"/>; like the others, 0 on failure.</param>
    /// <param name="producer">Address of the producer page.</param>
    /// <param name="data">Address of the records.</param>
    /// <param name="data_size">Size of the data in bytes.</param>
    /// <returns>Success; INVALID_FD; OPERATION_NOT_SUPPORTED for a map without rings.</returns>
    public EbpfResult ebpf_ring_buffer_map_map_buffer(
        int map_fd, out ulong consumer, out ulong producer, out ulong data, out ulong data_size) =>
        MapRing(map_fd, 0, out consumer, out producer, out data, out data_size);

    /// <summary>
    /// <see cref="ebpf_ring_buffer_map_map_buffer"/> with an index, also for a perf event array:
    /// <c>ebpf_ring_buffer_map_map_buffer_with_index</c>.
    /// </summary>
    /// <param name="map_fd">Descriptor of the map.</param>
    /// <param name="index">0, or the CPU for a perf event array.</param>
    /// <param name="consumer">See <see cref="ebpf_ring_buffer_get_buffer"/>; 0 on failure, as all of them.</param>
    /// <param name="producer">Address of the producer page; in a perf event array it has the number of lost records at offset 64, 8 bytes.</param>
    /// <param name="data">Address of the records.</param>
    /// <param name="data_size">Size of the data in bytes.</param>
    /// <returns>See <see cref="ebpf_ring_buffer_map_map_buffer"/>; INVALID_ARGUMENT for an index that is too large.</returns>
    public EbpfResult ebpf_ring_buffer_map_map_buffer_with_index(
        int map_fd, ulong index, out ulong consumer, out ulong producer, out ulong data, out ulong data_size) =>
        MapRing(map_fd, index, out consumer, out producer, out data, out data_size);

    private EbpfResult MapRing(
        int fd, ulong index, out ulong consumer, out ulong producer, out ulong data, out ulong size, [CallerMemberName] string function = "")
    {
        MapRingCall call = new(fd, index);
        EbpfResult result = Result(ref call, function);
        (consumer, producer, data, size) = call.Mapping is { } m ? (m.Consumer, m.Producer, m.Data, m.DataSize) : (0, 0, 0, 0);
        return result;
    }
}

/// <summary><c>ebpf_ring_buffer_map_map_buffer</c>.</summary>
internal struct MapRingCall(int fd, ulong index) : ILibraryCall
{
    /// <inheritdoc/>
    public readonly int Descriptor => fd;

    /// <summary>The mapped ring, on success.</summary>
    public RingMapping? Mapping { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolve(fd, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        EbpfResult result = call.Library.Rings.Map(call.Channel, entry.Handle, index, out RingMapping? mapping);
        Mapping = mapping;
        return result;
    }
}
