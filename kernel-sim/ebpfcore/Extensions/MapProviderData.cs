using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// What an extension provides for a map type of its own, <c>ebpf_map_provider_data_t</c>: the characteristics of its provider of
/// <see cref="EbpfNpi.Map"/>.
/// </summary>
/// <param name="MapType">The type: one of those that <see cref="MapTypeTraits.IsCustom"/> says it of.</param>
/// <param name="Dispatch">What the provider does.</param>
public sealed record MapProviderData(BpfMapType MapType, MapProviderDispatch Dispatch)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.MapProviderData;

    /// <summary>The type whose store it uses; there is only <see cref="BpfMapType.Hash"/>.</summary>
    public BpfMapType BaseMapType { get; init; } = BpfMapType.Hash;

    /// <summary>
    /// True when the provider rewrites values on their way in and out, <c>updates_original_value</c>. Programs have no access to such a map:
    /// they would see what is stored.
    /// </summary>
    public bool UpdatesOriginalValue { get; init; }
}
