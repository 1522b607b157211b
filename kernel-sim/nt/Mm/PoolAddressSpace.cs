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

    // The machine's own memory is far above what drivers allocate, so that they get the same addresses with it or without.
    private const ulong OwnBase = 0xFFFF_C000_0000_0000;
    private const ulong OwnStride = 1024 * 1024;

    // Memory that was freed and is kept for the next range of its size: the host takes longer to give pages than to keep them. A large map's
    // memory exceeds this by far.
    private const nuint MostKept = 8 * 1024 * 1024;

    private readonly List<(nuint Base, nuint Length)> _kept = [];

    // Sorted by host address. Replaced as a whole under the lock, so that lookups take none.
    private PoolRange[] _ranges = [];
    private HostSpinLock _lock = new(LockRank.PoolRanges);
    private ulong _nextAddress = KernelBase;
    private nuint _keptBytes;
    private int _own;

    /// <summary>Allocates memory from the host. Default if the host refuses.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="zero">False for memory that may hold what pool had in it before.</param>
    public PoolRange Add(nuint bytes, bool zero = true)
    {
        byte* memory = TakeKept(bytes);
        if (memory == null)
        {
            // A machine whose pool fits one chunk touches little of it.
            memory = HostMemory.Allocate(bytes, huge: bytes >= HostMemory.HugePageBytes && Volatile.Read(ref _ranges).Length > _own);
        }
        else if (zero)
        {
            NativeMemory.Clear(memory, bytes);
        }

        if (memory == null)
        {
            return default;
        }

        _lock.Enter();
        PoolRange range = new((nuint)memory, bytes, TakeAddressesLocked(bytes));
        InsertLocked(range);
        _lock.Exit();
        return range;
    }

    /// <summary>Allocates memory of the machine's own, which is never removed. Default if the host refuses.</summary>
    /// <param name="number">Which: it has the same address in every run.</param>
    /// <param name="bytes">Size in bytes, less than 1 MiB.</param>
    public PoolRange AddOwn(int number, nuint bytes)
    {
        byte* memory = HostMemory.Allocate(bytes, huge: false);
        if (memory == null)
        {
            return default;
        }

        PoolRange range = new((nuint)memory, bytes, OwnBase + ((ulong)number * OwnStride));
        _lock.Enter();
        InsertLocked(range);
        _own++;
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

    /// <summary>Returns the range that starts here to the host, or keeps it for the next one of its size.</summary>
    public void Remove(nuint start)
    {
        _lock.Enter();
        int at = IndexAfter(_ranges, start) - 1;
        nuint bytes = _ranges[at].Length;
        PoolRange[] shrunk = new PoolRange[_ranges.Length - 1];
        _ranges.AsSpan(0, at).CopyTo(shrunk);
        _ranges.AsSpan(at + 1).CopyTo(shrunk.AsSpan(at));
        Volatile.Write(ref _ranges, shrunk);
        List<(nuint Base, nuint Length)> surplus = Keep(start, bytes);
        _lock.Exit();
        foreach ((nuint memory, nuint length) in surplus)
        {
            HostMemory.Free((byte*)memory, length);
        }
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
        (nuint Base, nuint Length)[] kept = [.. _kept];
        _kept.Clear();
        _keptBytes = 0;
        _lock.Exit();
        foreach ((nuint start, nuint bytes) in kept)
        {
            HostMemory.Free((byte*)start, bytes);
        }

        foreach (PoolRange range in ranges)
        {
            HostMemory.Free((byte*)range.Base, range.Length);
        }
    }

    /// <summary>Keeps memory instead of older memory, unless it is too much. Under the lock; returns what the caller frees after it.</summary>
    private List<(nuint Base, nuint Length)> Keep(nuint start, nuint bytes)
    {
        if (bytes > MostKept)
        {
            return [(start, bytes)];
        }

        _kept.Add((start, bytes));
        _keptBytes += bytes;
        List<(nuint Base, nuint Length)> surplus = [];
        while (_keptBytes > MostKept)
        {
            surplus.Add(_kept[0]);
            _keptBytes -= _kept[0].Length;
            _kept.RemoveAt(0);
        }

        return surplus;
    }

    private byte* TakeKept(nuint bytes)
    {
        _lock.Enter();
        int at = _kept.FindLastIndex(k => k.Length == bytes);
        nuint start = 0;
        if (at >= 0)
        {
            start = _kept[at].Base;
            _kept.RemoveAt(at);
            _keptBytes -= bytes;
        }

        _lock.Exit();
        return (byte*)start;
    }

    private void InsertLocked(PoolRange range)
    {
        int at = IndexAfter(_ranges, range.Base);
        PoolRange[] grown = new PoolRange[_ranges.Length + 1];
        _ranges.AsSpan(0, at).CopyTo(grown);
        grown[at] = range;
        _ranges.AsSpan(at).CopyTo(grown.AsSpan(at + 1));
        Volatile.Write(ref _ranges, grown);
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
