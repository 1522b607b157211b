using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>A map type's create routine, <c>create_map</c>: creates the map without an id, or fails.</summary>
/// <param name="caller">The caller.</param>
/// <param name="parameters">Definition and name of the map.</param>
/// <param name="map">The map on success; the caller owns its only reference.</param>
internal delegate EbpfResult MapCreator(in Caller caller, MapParameters parameters, out EbpfMap? map);
