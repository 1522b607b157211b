using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Maps;

namespace KernelSim.Debugger.Stores;

/// <summary>A custom map on an array: a pointer for each index, and zeros where nothing was written.</summary>
/// <param name="memory">The kernel's memory.</param>
/// <param name="map">The map.</param>
/// <param name="store">The <see cref="CustomArrayStore"/>.</param>
internal sealed class CustomArrayStoreView(KernelMemory memory, MapView map, ITargetObject store) : IMapStore
{
    private static readonly KernelField s_slots = KernelField.Of<CustomArrayStore>("_slots");
    private static readonly KernelField s_storedBytes = KernelField.Of<CustomArrayStore>("_storedBytes");

    /// <inheritdoc/>
    public long Count(Damage damage) => map.MaxEntries;

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(Damage damage)
    {
        ulong slots = store.Pointer(s_slots);
        uint bytes = (uint)store.Integer(s_storedBytes);
        foreach ((uint index, byte[] key) in IndexKeys.Of(map))
        {
            if (!memory.TryReadHost(slots + ((ulong)index * sizeof(ulong)), out ulong block))
            {
                damage.Report($"the slots from index {index} on cannot be read: host address 0x{slots:x} given, expected a place in pool");
                yield break;
            }

            byte[] value = new byte[bytes];
            if (block != 0 && !memory.TryReadHost(block, value))
            {
                damage.Report($"the value of index {index} cannot be read: host address 0x{block:x} given, expected {bytes} bytes in pool");
                continue;
            }

            yield return new MapElement(key, value);
        }
    }
}
