using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary><c>bpf_link_detach</c>.</summary>
internal readonly struct DetachLinkCall(int link) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => link;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) =>
        call.TryResolve(link, out OpenDescriptor? entry) ? ProgramMessages.Unlink(call.Channel, entry.Handle) : call.Refused;
}
