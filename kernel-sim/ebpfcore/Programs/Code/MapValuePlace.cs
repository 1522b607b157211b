using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The value of an array's first element, which instructions reach by its address: a map of global variables.</summary>
/// <remarks>
/// Sound because an array reads 4 bytes of a key, and its values are one block, which stays until the map is freed: the pointer is valid as long as
/// its user holds a reference to the map.
/// </remarks>
internal static unsafe class MapValuePlace
{
    /// <summary>Finds the value; false if the map's values do not stay where they are, or an offset is not in one.</summary>
    public static bool TryFind(KeThread current, EbpfMap map, uint offset, out byte* value)
    {
        uint key = 0;
        value = null;
        return map.Traits is { KeysAlwaysExist: true, Contents: MapContents.Values }
            && offset < map.Layout.ValueSize
            && map.FindEntry(current, (byte*)&key, delete: false, site: null, out value) == EbpfResult.Success;
    }
}
