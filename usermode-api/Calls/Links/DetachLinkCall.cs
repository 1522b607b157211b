using KernelSim.Protocol;
using KernelSim.UserMode.Calls.Programs;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode.Calls.Links;

/// <summary><c>bpf_link_detach</c>.</summary>
internal readonly struct DetachLinkCall(int link) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => link;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) =>
        call.TryResolve(link, out OpenDescriptor? entry) ? ProgramMessages.Unlink(call, entry.Handle) : call.Refused;
}
