using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Stores;

/// <summary>An array: one block of pool with every value.</summary>
/// <param name="memory">The kernel's memory.</param>
/// <param name="map">The map.</param>
/// <param name="data">Host address of the first value.</param>
internal sealed class ArrayStore(KernelMemory memory, MapView map, ulong data) : IMapStore
{
    /// <inheritdoc/>
    public long Count(Damage damage) => map.MaxEntries;

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(Damage damage)
    {
        uint bytes = map.ValueBytes;
        foreach ((uint index, byte[] key) in IndexKeys.Of(map))
        {
            byte[] value = new byte[bytes];
            if (!memory.TryReadHost(data + ((ulong)index * bytes), value))
            {
                damage.Report($"the values from index {index} on cannot be read: host address 0x{data:x} given, expected a place in pool");
                yield break;
            }

            yield return new MapElement(key, value);
        }
    }
}
