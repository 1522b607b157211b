using KernelSim.Bytecode;
using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The values of maps whose addresses are in a program's instructions: each once, however often it is referred to.</summary>
/// <remarks>Sound as <see cref="MapValuePlace"/> is: an offset is below the value's size before it is added.</remarks>
internal sealed unsafe class GlobalRegions
{
    private readonly Dictionary<nuint, MemoryRegion> _byStart = [];

    /// <summary>The regions, in no order.</summary>
    public MemoryRegion[] All => [.. _byStart.Values];

    /// <summary>Adds a reference. The program may write a value if it may write it by one of its references.</summary>
    /// <param name="current">The thread that loads the program.</param>
    /// <param name="map">The map, to which the program holds a reference.</param>
    /// <param name="offset">The byte of the value that is referred to.</param>
    /// <param name="writable">Whether the program may write the value.</param>
    /// <param name="address">The address of that byte.</param>
    /// <returns>False if the map's values do not stay where they are, or the offset is not in one.</returns>
    public bool TryAdd(KeThread current, EbpfMap map, uint offset, bool writable, out ulong address)
    {
        bool found = MapValuePlace.TryFind(current, map, offset, out byte* value);
        address = found ? (ulong)(value + offset) : 0;
        if (found && (writable || !_byStart.ContainsKey((nuint)value)))
        {
            _byStart[(nuint)value] = new MemoryRegion((nuint)value, map.Layout.ValueSize, MemoryRegionKind.MapValue, writable);
        }

        return found;
    }
}
