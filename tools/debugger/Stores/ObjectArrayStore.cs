using System.Runtime.InteropServices;
using KernelSim.Debugger.Structures;
using KernelSim.EbpfCore.Objects;

namespace KernelSim.Debugger.Stores;

/// <summary>An array of maps or programs: a pointer for each index. Empty slots are left out, as a lookup finds nothing there.</summary>
/// <param name="memory">The kernel's memory.</param>
/// <param name="map">The map.</param>
/// <param name="slots">Host address of the first slot.</param>
internal sealed class ObjectArrayStore(KernelMemory memory, MapView map, ulong slots) : IMapStore
{
    /// <inheritdoc/>
    public long Count(Damage damage) => Elements(damage).LongCount();

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(Damage damage)
    {
        foreach ((uint index, byte[] key) in IndexKeys.Of(map))
        {
            if (!memory.TryReadHost(slots + ((ulong)index * ObjectPointer.ByteCount), out ulong slot))
            {
                damage.Report($"the slots from index {index} on cannot be read: host address 0x{slots:x} given, expected a place in pool");
                yield break;
            }

            if (IdIn(slot) is { } id)
            {
                yield return new MapElement(key, id);
            }
        }
    }

    /// <summary>The id of the object that a slot points to; null if it is empty.</summary>
    public static byte[]? IdIn(ulong slot) => (uint)slot is var id and not 0 ? MemoryMarshal.AsBytes([id]).ToArray() : null;
}
