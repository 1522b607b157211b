using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Whether a map has a definition, and its template that of the definition's: <c>_ebpf_validate_map</c>.</summary>
    private bool IsLike(int fd, ObjectMap map)
    {
        MapInfoCall info = new(fd);
        if (Call(ref info, LoadName) != 0)
        {
            return false;
        }

        BpfMapInfo found = info.Info;
        if ((found.Type, found.KeySize, found.ValueSize, found.MaxEntries) != (map.Type, map.KeySize, map.ValueSize, map.MaxEntries))
        {
            return false;
        }

        if (!map.HoldsMaps || map.Inner is null)
        {
            return true;
        }

        int template = found.InnerMapId == 0 ? -1 : bpf_map_get_fd_by_id(found.InnerMapId);
        bool isLike = template >= 0 && IsLike(template, map.Inner);
        Drop(template);
        return isLike;
    }
}

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
