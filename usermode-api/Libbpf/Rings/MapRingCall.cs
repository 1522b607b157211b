using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

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
