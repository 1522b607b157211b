using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.Bytecode;

/// <summary>
/// The regions of a run: a few in place, more in native memory that the engine frees when the run is over. None is ever forgotten, since a
/// program may keep a pointer for as long as it runs. The newest are searched one by one, as programs mostly use those; the others are sorted.
/// </summary>
/// <remarks>
/// The pointers are sound because the list is never copied out of its run, only the run's thread uses it, each index is below a count, and memory
/// that is freed is forgotten at once.
/// </remarks>
internal unsafe struct RegionList
{
    private const int InPlace = 4;
    private const int MostNew = 64;

    private Few _few;
    private MemoryRegion* _many;
    private SortedRegions* _old;
    private int _newCount;

    public readonly int Count => _newCount + (_old is null ? 0 : _old->Count);

    /// <summary>A region, the newest first.</summary>
    public readonly MemoryRegion this[int index] => index < _newCount ? NewAt(_newCount - 1 - index) : (*_old)[index - _newCount];

    /// <summary>Makes an uninitialised list empty.</summary>
    public void Clear()
    {
        _many = null;
        _old = null;
        _newCount = 0;
    }

    /// <summary>Adds a region, or replaces the one with the same start.</summary>
    /// <returns>Whether one was replaced.</returns>
    public bool Add(in MemoryRegion region)
    {
        for (int i = _newCount - 1; i >= 0; i--)
        {
            if (NewAt(i).Start == region.Start)
            {
                Set(i, region);
                return true;
            }
        }

        if (_old is not null && _old->TryReplace(region))
        {
            return true;
        }

        if (_newCount == (_many is null ? InPlace : MostNew))
        {
            MakeRoom();
        }

        Set(_newCount++, region);
        return false;
    }

    /// <summary>Finds a region that has all of some bytes.</summary>
    public readonly bool TryFind(ulong address, ulong length, bool write, out MemoryRegion region)
    {
        for (int i = _newCount - 1; i >= 0; i--)
        {
            region = NewAt(i);
            if (region.Contains(address, length) && (region.IsWritable || !write))
            {
                return true;
            }
        }

        region = default;
        return _old is not null && _old->TryFind(address, length, write, out region);
    }

    public void Remove(nuint start)
    {
        for (int i = _newCount - 1; i >= 0; i--)
        {
            if (NewAt(i).Start == start)
            {
                RemoveAt(i);
            }
        }

        if (_old is not null)
        {
            _old->Remove(start);
        }
    }

    public void Release()
    {
        if (_many is not null)
        {
            NativeMemory.Free(_many);
            _many = null;
        }

        if (_old is not null)
        {
            _old->Release();
            NativeMemory.Free(_old);
            _old = null;
        }

        _newCount = 0;
    }

    private readonly MemoryRegion NewAt(int index) => _many is null ? _few[index] : _many[index];

    private void RemoveAt(int index)
    {
        for (int i = index; i < _newCount - 1; i++)
        {
            Set(i, NewAt(i + 1));
        }

        _newCount--;
    }

    private void MakeRoom()
    {
        if (_many is null)
        {
            var many = (MemoryRegion*)NativeMemory.Alloc(MostNew, (nuint)sizeof(MemoryRegion));
            for (int i = 0; i < _newCount; i++)
            {
                many[i] = _few[i];
            }

            _many = many;
            return;
        }

        if (_old is null)
        {
            _old = (SortedRegions*)NativeMemory.AllocZeroed((nuint)sizeof(SortedRegions));
        }

        _old->Merge(new Span<MemoryRegion>(_many, _newCount));
        _newCount = 0;
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
