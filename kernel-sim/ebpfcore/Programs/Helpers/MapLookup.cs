using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>Looks up a key in a map whose values are bytes. Returns the address of the value; null if there is none.</summary>
internal unsafe delegate byte* MapLookup(in HelperCall call, EbpfMap map, byte* key);
