using System.Runtime.InteropServices;

namespace KernelSim.Nt.Mm;

/// <summary>
/// The regions of one address space by address, and the host memory of removed ones that a call in progress may still
/// use. Every member is called with the address space's lock held.
/// </summary>
internal sealed unsafe class UserRegionTable(CallTable calls)
{
    private readonly List<UserRegion> _regions = [];
    private readonly Queue<Gone> _limbo = new(); // oldest era first
    private readonly List<MmSection> _unmapped = [];

    public bool HasLimbo => _limbo.Count > 0;

    /// <summary>The regions, by address.</summary>
    public IReadOnlyList<UserRegion> All => _regions;

    /// <summary>Bytes of removed regions that may still be in use.</summary>
    public long LimboBytes { get; private set; }

    /// <summary>Adds a region with zero-filled memory behind it.</summary>
    public UserRegion Add(ulong start, uint length, PageProtection protection, bool isHeapBlock = false)
    {
        byte* memory = length == 0 ? null : (byte*)NativeMemory.AllocZeroed(length);
        UserRegion region = new(start, length, memory, protection) { IsHeapBlock = isHeapBlock };
        _regions.Insert(IndexAfter(start), region);
        return region;
    }

    /// <summary>Adds a view of a whole section, whose memory stays as long as it can be in use.</summary>
    public UserRegion AddView(ulong start, MmSection section, PageProtection protection)
    {
        section.AddView();
        UserRegion region = new(start, section.Length, section.Memory, protection) { Section = section };
        _regions.Insert(IndexAfter(start), region);
        return region;
    }

    /// <summary>The region that starts here, or null.</summary>
    public UserRegion? StartingAt(ulong start) => RegionAtOrBefore(start) is { } region && region.Start == start ? region : null;

    /// <summary>The region that contains an address, or null.</summary>
    public UserRegion? Containing(ulong address) =>
        RegionAtOrBefore(address) is { } region && region.Contains(address) ? region : null;

    /// <summary>Removes a region. Its memory is returned to the host when every call that is now in progress has ended.</summary>
    public void Remove(UserRegion region)
    {
        region.Withdraw();
        _regions.RemoveAt(IndexAfter(region.Start) - 1);
        if (region.Memory != null)
        {
            _limbo.Enqueue(new Gone(region, calls.EndEra()));
            LimboBytes += region.Length;
            Reclaim();
        }
    }

    /// <summary>Frees the memory that no call in progress can be using.</summary>
    public void Reclaim()
    {
        ulong oldest = calls.OldestEra();
        while (_limbo.TryPeek(out Gone gone) && gone.Era < oldest)
        {
            _limbo.Dequeue();
            LimboBytes -= gone.Region.Length;
            Release(gone.Region);
        }
    }

    /// <summary>Frees all memory. The layout of regions and blocks stays known, as in a crash dump.</summary>
    public void ReleaseMemory()
    {
        foreach (UserRegion region in _regions)
        {
            region.Withdraw();
            Release(region);
        }

        foreach (Gone gone in _limbo)
        {
            Release(gone.Region);
        }

        _limbo.Clear();
        LimboBytes = 0;
    }

    /// <summary>
    /// The sections of views that have gone since the last call, or null. The thread that held the lock releases each view once it has dropped
    /// the lock: that may free the section, which is traced.
    /// </summary>
    public MmSection[]? TakeUnmapped()
    {
        if (_unmapped.Count == 0)
        {
            return null;
        }

        MmSection[] unmapped = [.. _unmapped];
        _unmapped.Clear();
        return unmapped;
    }

    private void Release(UserRegion region)
    {
        if (region.Section is { } section)
        {
            _unmapped.Add(section);
        }
        else
        {
            NativeMemory.Free(region.Memory);
        }
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

    /// <summary>A region that has been removed, and the era that this ended.</summary>
    private readonly record struct Gone(UserRegion Region, ulong Era);
}
