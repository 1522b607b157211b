using KernelSim.EbpfCore.Maps;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>Finds what is stored under a key of a custom map: <c>ebpf_map_find_element_t</c>.</summary>
/// <param name="map">The map; one that is not custom has nothing.</param>
/// <param name="key">The key, of the map's key size.</param>
public delegate Span<byte> MapFindElement(EbpfMap map, ReadOnlySpan<byte> key);
