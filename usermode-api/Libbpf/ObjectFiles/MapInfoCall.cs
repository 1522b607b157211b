using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary>What the kernel knows of a map, for the library itself.</summary>
/// <param name="fd">Descriptor of the map.</param>
internal struct MapInfoCall(int fd) : ILibraryCall
{
    private BpfMapInfo _info;

    /// <inheritdoc/>
    public readonly int Descriptor => fd;

    /// <summary>The info, on success.</summary>
    public readonly BpfMapInfo Info => _info;

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) => call.TryResolve(fd, out OpenDescriptor? entry)
        ? ObjectMessages.GetMapInfo(call.Channel, entry.Handle, out _info)
        : call.Refused;
}
