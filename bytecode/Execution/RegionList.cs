using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.Bytecode;

/// <summary>
/// The regions of a run: a few in place, more in native memory that the engine frees when the run is over. When even that is full, the
/// oldest is forgotten; the host's <see cref="BytecodeHost.TryFindRegion"/> can bring it back.
/// </summary>
internal unsafe struct RegionList
{
    private const int InPlace = 4;
    private const int MaxCount = 4096;

    private Few _few;
    private MemoryRegion* _many;
    private int _capacity;

    public int Count { get; private set; }

    public readonly MemoryRegion this[int index] => _many is null ? _few[index] : _many[index];

    /// <summary>Makes an uninitialised list empty.</summary>
    public void Clear()
    {
        _many = null;
        _capacity = 0;
        Count = 0;
    }

    /// <summary>Adds a region, or replaces the one with the same start.</summary>
    /// <returns>Whether one was replaced.</returns>
    public bool Add(in MemoryRegion region)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (this[i].Start == region.Start)
            {
                Set(i, region);
                return true;
            }
        }

        if (Count == MaxCount)
        {
            RemoveAt(0);
        }
        else if (Count == (_many is null ? InPlace : _capacity))
        {
            Grow();
        }

        Set(Count++, region);
        return false;
    }

    public void Remove(nuint start)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (this[i].Start == start)
            {
                RemoveAt(i);
            }
        }
    }

    public void Release()
    {
        if (_many is not null)
        {
            NativeMemory.Free(_many);
            _many = null;
        }

        Count = 0;
    }

    private void RemoveAt(int index)
    {
        for (int i = index; i < Count - 1; i++)
        {
            Set(i, this[i + 1]);
        }

        Count--;
    }

    private void Grow()
    {
        int capacity = Count * 4;
        var many = (MemoryRegion*)NativeMemory.Realloc(_many, (nuint)(capacity * sizeof(MemoryRegion)));
        for (int i = 0; _many is null && i < Count; i++)
        {
            many[i] = _few[i];
        }

        _many = many;
        _capacity = capacity;
    }

    /// <remarks>
    /// Field by field: a copy of the whole would load in one piece what was just stored in several, and wait until those have reached the cache.
    /// </remarks>
    private void Set(int index, in MemoryRegion region)
    {
        (nuint start, nuint length, MemoryRegionKind kind, bool isWritable) = region;
        if (_many is null)
        {
            _few[index] = new(start, length, kind, isWritable);
        }
        else
        {
            _many[index] = new(start, length, kind, isWritable);
        }
    }

    [InlineArray(InPlace)]
    private struct Few
    {
        private MemoryRegion _first;
    }
}
