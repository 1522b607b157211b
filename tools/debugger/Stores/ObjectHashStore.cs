using System.Runtime.InteropServices;

namespace KernelSim.Debugger.Stores;

/// <summary>A hash of maps: a hash table whose values are pointers.</summary>
/// <param name="table">The table.</param>
internal sealed class ObjectHashStore(HashStore table) : IMapStore
{
    /// <inheritdoc/>
    public long Count(Damage damage) => table.Count(damage);

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(Damage damage)
    {
        foreach (MapElement element in table.Elements(damage))
        {
            if (ObjectArrayStore.IdIn(MemoryMarshal.Read<ulong>(element.Value)) is { } id)
            {
                yield return element with { Value = id };
            }
        }
    }
}
