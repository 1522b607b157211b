using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// What an extension says of a place where programs are attached, <c>ebpf_attach_provider_data_t</c>: the characteristics of its
/// provider of <see cref="EbpfNpi.Hook"/>, whose module id is the attach type's GUID.
/// </summary>
/// <param name="SupportedProgramType">The programs that fit.</param>
/// <param name="BpfAttachType">The place's number, for a link's info.</param>
/// <param name="LinkType">What a link to it is called, for its info.</param>
public sealed record AttachProviderData(Guid SupportedProgramType, BpfAttachType BpfAttachType, BpfLinkType LinkType)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.AttachProviderData;
}
