using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Stores;

/// <summary>A queue or a stack: a ring of pointers to values. The value to be popped next comes first.</summary>
/// <param name="memory">The kernel's memory.</param>
/// <param name="map">The map.</param>
internal sealed class CircularStore(KernelMemory memory, MapView map) : IMapStore
{
    private static readonly KernelField s_slots = KernelField.Of<CircularMap>("_slots");
    private static readonly KernelField s_oldest = KernelField.Of<CircularMap>("_oldest");
    private static readonly KernelField s_count = KernelField.Of<CircularMap>("_count");

    /// <inheritdoc/>
    public long Count(Damage damage) => map.Object.Object.Integer(s_count);

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(Damage damage)
    {
        ITargetObject target = map.Object.Object;
        (ulong slots, long oldest, long count) = (target.Pointer(s_slots), target.Integer(s_oldest), target.Integer(s_count));
        (uint capacity, uint bytes, bool isStack) = (map.MaxEntries, map.ValueBytes, map.Type == BpfMapType.Stack);
        if (oldest >= capacity || count > capacity)
        {
            damage.Report($"{count} values from slot {oldest} on given, expected at most {capacity} in as many slots");
            yield break;
        }

        for (long i = 0; i < count; i++)
        {
            long place = (oldest + (isStack ? count - 1 - i : i)) % capacity;
            byte[] value = new byte[bytes];
            if (!memory.TryReadHost(slots + ((ulong)place * sizeof(ulong)), out ulong block) || !memory.TryReadHost(block, value))
            {
                damage.Report($"the value in slot {place} cannot be read: host address 0x{block:x} given, expected {bytes} bytes in pool");
                continue;
            }

            yield return new MapElement(null, value);
        }
    }
}
