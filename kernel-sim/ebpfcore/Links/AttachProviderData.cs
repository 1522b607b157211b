using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// An extension's description of a hook, <c>ebpf_attach_provider_data_t</c>: the characteristics of its
/// provider of <see cref="EbpfNpi.Hook"/>, whose module id is the attach type's GUID.
/// </summary>
/// <param name="SupportedProgramType">GUID of the program type that can be attached.</param>
/// <param name="BpfAttachType">The number of the attach type, for a link's info.</param>
/// <param name="LinkType">The type that a link to the hook reports in its info.</param>
public sealed record AttachProviderData(Guid SupportedProgramType, BpfAttachType BpfAttachType, BpfLinkType LinkType)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.AttachProviderData;
}
