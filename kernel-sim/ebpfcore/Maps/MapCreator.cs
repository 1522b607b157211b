using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>A map type's create routine, <c>create_map</c>: makes the map without an id, or says why not.</summary>
/// <param name="current">The thread.</param>
/// <param name="core">The driver.</param>
/// <param name="parameters">What is wanted.</param>
/// <param name="site">Who asks, for the trace.</param>
/// <param name="map">The map on success; its one reference is the caller's.</param>
internal delegate EbpfResult MapCreator(KeThread current, EbpfCore core, MapParameters parameters, string site, out EbpfMap? map);
