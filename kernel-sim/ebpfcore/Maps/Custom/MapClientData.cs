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
public sealed record MapClientData(MapFindElement FindElement);
