using KernelSim.EbpfCore.Maps;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// What the driver tells a map provider, <c>ebpf_map_client_data_t</c>: the characteristics of its client, of which there is one for each
/// map.
/// </summary>
/// <param name="FindElement">
/// Finds what is stored under a key of a custom map, for helpers of the provider's own: <c>find_element_function</c>. In an epoch, in which
/// the bytes stay. Empty when there is none. What the provider remembers of the map is <see cref="EbpfMap.ProviderContext"/>.
/// </param>
public sealed record MapClientData(MapFindElement FindElement);
