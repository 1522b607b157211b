using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Reverts <see cref="ebpf_ring_buffer_map_map_buffer"/>: <c>ebpf_ring_buffer_map_unmap_buffer</c>.</summary>
    /// <param name="map_fd">Ignored.</param>
    /// <param name="consumer">Address of the consumer page, which selects the ring to unmap.</param>
    /// <param name="producer">Ignored.</param>
    /// <param name="data">Ignored.</param>
    /// <returns>Success; INVALID_ARGUMENT for an address where no ring is mapped.</returns>
    public EbpfResult ebpf_ring_buffer_map_unmap_buffer(int map_fd, ulong consumer, ulong producer, ulong data)
    {
        _ = (producer, data);
        return Result(new UnmapRingCall(map_fd, consumer));
    }
}

/// <summary><c>ebpf_ring_buffer_map_unmap_buffer</c>: the consumer page selects the ring; nothing is sent.</summary>
internal readonly struct UnmapRingCall(int fd, ulong consumer) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.Library.Rings.TryRemove(consumer, out RingMapping? mapping))
        {
            return call.Refuse(CheckTable.ApiRingMapped, $"consumer 0x{consumer:x} given");
        }

        RingTable.UnmapViews(call.Library.Gate, call.RequestId, mapping);
        return EbpfResult.Success;
    }
}
