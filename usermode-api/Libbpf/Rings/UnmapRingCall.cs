using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

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
