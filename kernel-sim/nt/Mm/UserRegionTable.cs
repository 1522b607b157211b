using System.Runtime.InteropServices;
using KernelSim.Nt.Ps;

namespace KernelSim.Nt.Mm;

/// <summary>
/// The regions of one address space by address, and the host memory of those that are gone but may still be looked at by a call in
/// progress. Every member is called with the address space's lock held.
/// </summary>
internal sealed unsafe class UserRegionTable(CallTable calls)
{
    private readonly List<UserRegion> _regions = [];
    private readonly Queue<(nint Memory, uint Length, ulong Stamp)> _limbo = new(); // oldest stamp first

    public bool HasLimbo => _limbo.Count > 0;

    /// <summary>Bytes that are gone but may still be looked at.</summary>
    public long LimboBytes { get; private set; }

    /// <summary>Adds a region with zero-filled memory behind it.</summary>
    public UserRegion Add(ulong start, uint length, PageProtection protection, bool isHeapBlock = false)
    {
        byte* memory = length == 0 ? null : (byte*)NativeMemory.AllocZeroed(length);
        UserRegion region = new(start, length, memory, protection) { IsHeapBlock = isHeapBlock };
        _regions.Insert(IndexAfter(start), region);
        return region;
    }

    /// <summary>The region that begins here, or null.</summary>
    public UserRegion? StartingAt(ulong start) => RegionAtOrBefore(start) is { } region && region.Start == start ? region : null;

    /// <summary>The region that an address lies in, or null.</summary>
    public UserRegion? Containing(ulong address) =>
        RegionAtOrBefore(address) is { } region && region.Contains(address) ? region : null;

    /// <summary>Takes a region out. Its memory goes back to the host when every call that is in progress now has ended.</summary>
    public void Remove(UserRegion region)
    {
        region.Withdraw();
        _regions.RemoveAt(IndexAfter(region.Start) - 1);
        if (region.Memory != null)
        {
            _limbo.Enqueue(((nint)region.Memory, region.Length, calls.Stamp()));
            LimboBytes += region.Length;
            Reclaim();
        }
    }

    /// <summary>Frees the memory that no call in progress can have seen.</summary>
    public void Reclaim()
    {
        ulong oldest = calls.OldestStamp();
        while (_limbo.TryPeek(out (nint Memory, uint Length, ulong Stamp) freed) && freed.Stamp < oldest)
        {
            _limbo.Dequeue();
            LimboBytes -= freed.Length;
            NativeMemory.Free((void*)freed.Memory);
        }
    }

    /// <summary>Frees all memory. Where regions and blocks lay stays known, as in a crash dump.</summary>
    public void ReleaseMemory()
    {
        foreach (UserRegion region in _regions)
        {
            region.Withdraw();
            NativeMemory.Free(region.Memory);
        }

        foreach ((nint memory, _, _) in _limbo)
        {
            NativeMemory.Free((void*)memory);
        }

        _limbo.Clear();
        LimboBytes = 0;
    }

    private UserRegion? RegionAtOrBefore(ulong address)
    {
        int after = IndexAfter(address);
        return after == 0 ? null : _regions[after - 1];
    }

    private int IndexAfter(ulong address)
    {
        Span<UserRegion> regions = CollectionsMarshal.AsSpan(_regions);
        int low = 0;
        int high = regions.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (regions[middle].Start <= address)
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
