using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Detaches a link. It stays an object without a hook until its last reference is dropped.</summary>
    /// <param name="link_fd">Descriptor of the link.</param>
    /// <returns>0, even if it is already detached; -EBADF; -EINVAL if it is not a link.</returns>
    public int bpf_link_detach(int link_fd) => Call(new DetachLinkCall(link_fd));

    /// <summary>Detaches a link: <c>ebpf_link_detach</c>.</summary>
    /// <param name="link">An open link.</param>
    /// <returns>Success.</returns>
    public EbpfResult ebpf_link_detach(bpf_link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return Result(new DetachLinkCall(link.Fd));
    }
}

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
