using KernelSim.EbpfCore.Maps;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>Finds the stored value of a key of a custom map: <c>ebpf_map_find_element_t</c>.</summary>
/// <param name="map">The custom map; any other map has no such value.</param>
/// <param name="key">The key, of the map's key size.</param>
public delegate Span<byte> MapFindElement(EbpfMap map, ReadOnlySpan<byte> key);
