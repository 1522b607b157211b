using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>A map type's create routine, <c>create_map</c>: creates the map without an id, or fails.</summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="core">The driver's state.</param>
/// <param name="parameters">Definition and name of the map.</param>
/// <param name="site">The caller, for traces.</param>
/// <param name="map">The map on success; the caller owns its only reference.</param>
internal delegate EbpfResult MapCreator(KeThread current, CoreContext core, MapParameters parameters, string site, out EbpfMap? map);
