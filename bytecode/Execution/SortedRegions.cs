using System.Runtime.InteropServices;

namespace KernelSim.Bytecode;

/// <summary>Regions by address, in native memory: those that a run has had for longer. A run that follows a long list has thousands.</summary>
/// <remarks>
/// Regions may overlap, as a context and the part of it that can be written do. The pointer is sound because only one
/// <see cref="RegionList"/> has it, and each index is below <see cref="Count"/>, which is at most the capacity.
/// </remarks>
internal unsafe struct SortedRegions
{
    private MemoryRegion* _regions;
    private int _capacity;
    private nuint _longest;

    public int Count { get; private set; }

    public readonly MemoryRegion this[int index] => _regions[index];

    /// <summary>Adds regions, none of which starts where one of these does.</summary>
    /// <param name="added">The regions; they are sorted.</param>
    public void Merge(Span<MemoryRegion> added)
    {
        added.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        int total = Count + added.Length;
        if (total > _capacity)
        {
            _capacity = Math.Max(total, _capacity * 2);
            _regions = (MemoryRegion*)NativeMemory.Realloc(_regions, (nuint)_capacity * (nuint)sizeof(MemoryRegion));
        }

        // From the end, so that nothing is overwritten before it has moved.
        int old = Count - 1;
        int fresh = added.Length - 1;
        for (int at = total - 1; fresh >= 0; at--)
        {
            _regions[at] = old >= 0 && _regions[old].Start > added[fresh].Start ? _regions[old--] : added[fresh--];
        }

        foreach (MemoryRegion region in added)
        {
            _longest = nuint.Max(_longest, region.Length);
        }

        Count = total;
    }

    /// <summary>Replaces the region that starts where another does.</summary>
    /// <returns>False if none does.</returns>
    public bool TryReplace(MemoryRegion region)
    {
        int at = FirstAfter(region.Start) - 1;
        if (at < 0 || _regions[at].Start != region.Start)
        {
            return false;
        }

        _regions[at] = region;
        _longest = nuint.Max(_longest, region.Length);
        return true;
    }

    public void Remove(nuint start)
    {
        int at = FirstAfter(start) - 1;
        if (at >= 0 && _regions[at].Start == start)
        {
            new Span<MemoryRegion>(_regions + at + 1, Count - at - 1).CopyTo(new Span<MemoryRegion>(_regions + at, Count - at - 1));
            Count--;
        }
    }

    /// <summary>Finds a region that has all of some bytes.</summary>
    public readonly bool TryFind(ulong address, ulong length, bool write, out MemoryRegion region)
    {
        // An address of more bits than the host's has no region, wherever the search begins.
        for (int at = FirstAfter((nuint)address) - 1; at >= 0 && (nuint)address - _regions[at].Start < _longest; at--)
        {
            region = _regions[at];
            if (region.Contains(address, length) && (region.IsWritable || !write))
            {
                return true;
            }
        }

        region = default;
        return false;
    }

    public void Release()
    {
        NativeMemory.Free(_regions);
        this = default;
    }

    /// <summary>The place of the first region that starts behind an address.</summary>
    private readonly int FirstAfter(nuint address)
    {
        int low = 0;
        for (int high = Count; low < high;)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _regions[middle].Start <= address ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
