using KernelSim.EbpfCore.Maps;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// The data that the driver passes to a map provider, <c>ebpf_map_client_data_t</c>: the characteristics of its client, one for each
/// map.
/// </summary>
/// <param name="FindElement">
/// Finds the stored value of a key of a custom map, for the provider's own helpers: <c>find_element_function</c>. Call it in an epoch; the bytes
/// stay valid until it ends. Empty if there is no value. The provider's own context for the map is <see cref="EbpfMap.ProviderContext"/>.
/// </param>
/// <param name="Epochs">The driver's epochs, the same for all of its maps: <c>epoch_enter</c> and the functions after it.</param>
public sealed record MapClientData(MapFindElement FindElement, ExtensionEpochs Epochs);

/// <summary>Finds the stored value of a key of a custom map: <c>ebpf_map_find_element_t</c>.</summary>
/// <param name="map">The custom map; any other map has no such value.</param>
/// <param name="key">The key, of the map's key size.</param>
public delegate Span<byte> MapFindElement(EbpfMap map, ReadOnlySpan<byte> key);
