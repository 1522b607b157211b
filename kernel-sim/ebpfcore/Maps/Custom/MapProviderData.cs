using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// What an extension provides for a map type of its own, <c>ebpf_map_provider_data_t</c>: the characteristics of its provider of
/// <see cref="EbpfNpi.Map"/>.
/// </summary>
/// <param name="MapType">The map type: one with <see cref="MapTypeTraits.IsCustom"/>.</param>
/// <param name="Dispatch">The provider's callbacks.</param>
public sealed record MapProviderData(BpfMapType MapType, MapProviderDispatch Dispatch)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.MapProviderData;

    /// <summary>
    /// The type whose store it uses, and whose semantics its maps have: <see cref="BpfMapType.Hash"/>, the only one upstream,
    /// <see cref="BpfMapType.Array"/>, <see cref="BpfMapType.LruHash"/> or <see cref="BpfMapType.LpmTrie"/>.
    /// </summary>
    public BpfMapType BaseMapType { get; init; } = BpfMapType.Hash;

    /// <summary>
    /// True if the provider rewrites values as they are stored and found, <c>updates_original_value</c>. Programs have no access to such a map:
    /// they would see the stored values.
    /// </summary>
    public bool UpdatesOriginalValue { get; init; }

    /// <summary>Whether the callbacks that every provider has are there.</summary>
    internal bool IsComplete => Dispatch is { PreprocessMapCreate: not null, PostprocessMapDelete: not null, AssociateProgramType: not null };
}
