using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>Looks up a key in a map whose values are bytes.</summary>
/// <param name="call">The caller.</param>
/// <param name="map">The map.</param>
/// <param name="key">The key, <c>key_size</c> bytes.</param>
/// <returns>The value; null if there is none.</returns>
internal unsafe delegate byte* MapLookup(in HelperCall call, EbpfMap map, byte* key);
