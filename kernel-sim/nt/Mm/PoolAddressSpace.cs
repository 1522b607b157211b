using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Mm;

/// <summary>
/// The host memory behind pool, by host address, and its simulated addresses: assigned upwards from the start of kernel space and never
/// reused, so they are the same in every run with the same order of requests.
/// </summary>
internal sealed unsafe class PoolAddressSpace
{
    /// <summary>Start of kernel space.</summary>
    private const ulong KernelBase = 0xFFFF_8000_0000_0000;

    private const ulong Granularity = 64 * 1024;

    // Sorted by host address. Replaced as a whole under the lock, so that lookups take none.
    private PoolRange[] _ranges = [];
    private HostSpinLock _lock = new(LockRank.PoolRanges);
    private ulong _nextAddress = KernelBase;

    /// <summary>Allocates zero-filled memory from the host. Default if the host refuses.</summary>
    public PoolRange Add(nuint bytes)
    {
        void* memory;
        try
        {
            memory = NativeMemory.AllocZeroed(bytes);
        }
        catch (OutOfMemoryException)
        {
            return default;
        }

        _lock.Enter();
        PoolRange range = new((nuint)memory, bytes, TakeAddressesLocked(bytes));
        int at = IndexAfter(_ranges, range.Base);
        PoolRange[] grown = new PoolRange[_ranges.Length + 1];
        _ranges.AsSpan(0, at).CopyTo(grown);
        grown[at] = range;
        _ranges.AsSpan(at).CopyTo(grown.AsSpan(at + 1));
        Volatile.Write(ref _ranges, grown);
        _lock.Exit();
        return range;
    }

    /// <summary>Reserves addresses for memory that is not pool's own.</summary>
    public ulong ReserveAddresses(nuint bytes)
    {
        _lock.Enter();
        ulong address = TakeAddressesLocked(bytes);
        _lock.Exit();
        return address;
    }

    /// <summary>Returns the range that starts here to the host.</summary>
    public void Remove(nuint start)
    {
        _lock.Enter();
        int at = IndexAfter(_ranges, start) - 1;
        PoolRange[] shrunk = new PoolRange[_ranges.Length - 1];
        _ranges.AsSpan(0, at).CopyTo(shrunk);
        _ranges.AsSpan(at + 1).CopyTo(shrunk.AsSpan(at));
        Volatile.Write(ref _ranges, shrunk);
        _lock.Exit();
        NativeMemory.Free((void*)start);
    }

    public bool TryFind(nuint place, out PoolRange range)
    {
        PoolRange[] ranges = Volatile.Read(ref _ranges);
        int at = IndexAfter(ranges, place) - 1;
        range = at < 0 ? default : ranges[at];
        return at >= 0 && range.Contains(place);
    }

    /// <summary>Returns everything to the host.</summary>
    public void Clear()
    {
        _lock.Enter();
        PoolRange[] ranges = _ranges;
        Volatile.Write(ref _ranges, []);
        _lock.Exit();
        foreach (PoolRange range in ranges)
        {
            NativeMemory.Free((void*)range.Base);
        }
    }

    private ulong TakeAddressesLocked(nuint bytes)
    {
        ulong address = _nextAddress;
        _nextAddress += ((bytes + Granularity - 1) & ~(Granularity - 1)) + Granularity;
        return address;
    }

    /// <summary>Index of the first range that starts above an address.</summary>
    private static int IndexAfter(PoolRange[] ranges, nuint place)
    {
        int low = 0;
        int high = ranges.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ranges[middle].Base <= place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
