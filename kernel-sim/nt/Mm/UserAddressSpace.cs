using System.Runtime.CompilerServices;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Mm;

/// <summary>A process's memory: regions with protection, and the heap in one of its two modes.</summary>
/// <remarks>
/// Any number of threads may use it. Address 0 and everything that was not allocated faults; so does a range that wraps. Addresses
/// are assigned in order and depend only on the preceding requests.
/// </remarks>
public sealed unsafe class UserAddressSpace : IUserMemory
{
    /// <summary>Largest block or region: what one span can hold.</summary>
    public const uint MaxLength = 0x7FF0_0000;

    private const ulong RegionBase = 0x0000_7000_0000_0000;
    private const ulong RegionGap = 64 * 1024;
    private const int RecentBits = 8;

    private readonly ProcessExit _exit;
    private readonly Action<AccessViolation> _endByHeapCorruption;
    private readonly UserRegionTable _regions;
    private readonly IUserHeap _heap;
    private readonly Lock _lock = new();

    // The last region found for each of some groups of pages: most accesses hit it and take no lock. So many groups that the blocks which several
    // threads use at once do not fall into the same one. A stale entry is harmless: its region has been withdrawn.
    private readonly UserRegion?[] _recent = new UserRegion?[1 << RecentBits];
    private ulong _nextRegion = RegionBase;
    private bool _released;

    internal UserAddressSpace(ProcessExit exit, Action<AccessViolation> endByHeapCorruption, HeapMode mode, CallTable calls)
    {
        _exit = exit;
        _endByHeapCorruption = endByHeapCorruption;
        _regions = new UserRegionTable(calls);
        _heap = mode == HeapMode.Packed ? new PackedHeap(_regions) : new GuardedHeap(_regions);
    }

    /// <inheritdoc/>
    public HeapMode HeapMode => _heap.Mode;

    /// <summary>Bytes that have been freed but that a call in progress may still use: returned to the host when that call ends.</summary>
    public long BytesHeldForCalls
    {
        get
        {
            lock (_lock)
            {
                return _regions.LimboBytes;
            }
        }
    }

    /// <summary>The blocks of the heap that have not been freed, by address, for who looks at the process from outside.</summary>
    internal UserRange[] HeapBlocks
    {
        get
        {
            lock (_lock)
            {
                return [.. _heap.Blocks];
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxLength"/> bytes were requested.</exception>
    public ulong Allocate(uint length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        _exit.ThrowIfExited();
        lock (_lock)
        {
            ThrowIfReleased();
            return _heap.Allocate(length);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Does nothing once the process has ended: its memory is gone anyway.</remarks>
    /// <exception cref="ProcessExitedException">The address was invalid, and ended the process: a fault at site <c>heap:free</c>.</exception>
    public void Free(ulong address)
    {
        if (address == 0 || _exit.HasExited)
        {
            return;
        }

        bool freed;
        MmSection[]? unmapped;
        lock (_lock)
        {
            freed = _released || _heap.TryFree(address);
            unmapped = _regions.TakeUnmapped();
        }

        Forget(unmapped);

        if (!freed)
        {
            _endByHeapCorruption(new AccessViolation(MemoryAccess.Write, address, address, 0, "heap:free"));
            _exit.ThrowIfExited();
        }
    }

    /// <inheritdoc/>
    public Span<byte> Access(ulong address, uint length, MemoryAccess access, string site)
    {
        UserRegion? region = _recent[SlotOf(address)];
        return region is not null && region.AllowsQuickly(address, length, access) && !_exit.HasExited
            ? region.Bytes(address, length)
            : AccessSlow(address, length, access, site);
    }

    /// <inheritdoc/>
    public bool TryAccess(ulong address, uint length, MemoryAccess access, string site, out Span<byte> bytes, out AccessViolation violation)
    {
        UserRegion? region = _recent[SlotOf(address)];
        if (region is not null && region.AllowsQuickly(address, length, access))
        {
            bytes = region.Bytes(address, length);
            violation = default;
            return true;
        }

        return TryAccessSlow(address, length, access, site, out bytes, out violation);
    }

    /// <inheritdoc/>
    /// <remarks>Also works after the process has ended, as in a crash dump.</remarks>
    public bool TryGetHeapBlock(ulong address, out UserRange block)
    {
        // In a guarded heap a block is a region. Readable in one piece, it is neither gone nor protected.
        if (_recent[SlotOf(address)] is { IsHeapBlock: true } region && region.AllowsQuickly(address, 1, MemoryAccess.Read))
        {
            block = new UserRange(region.Start, region.Length);
            return true;
        }

        lock (_lock)
        {
            return _heap.TryGetBlock(address, out block);
        }
    }

    /// <summary>Reserves and commits a region at an address chosen by the machine: VirtualAlloc.</summary>
    /// <param name="length">Size in bytes, rounded up to whole pages; 1 to <see cref="MaxLength"/>.</param>
    /// <param name="protection">Protection of every page.</param>
    public ulong AllocateRegion(uint length, PageProtection protection)
    {
        ArgumentOutOfRangeException.ThrowIfZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        _exit.ThrowIfExited();
        uint bytes = (length + UserRegion.PageBytes - 1) & ~(UserRegion.PageBytes - 1);
        lock (_lock)
        {
            ThrowIfReleased();
            UserRegion region = _regions.Add(_nextRegion, bytes, protection);
            _nextRegion += ((bytes + RegionGap - 1) & ~(RegionGap - 1)) + RegionGap;
            return region.Start;
        }
    }

    /// <summary>
    /// Changes the protection of whole pages: VirtualProtect. False if the range is not within one region, or if its section does not allow it.
    /// </summary>
    public bool Protect(ulong address, uint length, PageProtection protection)
    {
        lock (_lock)
        {
            UserRegion? region = _regions.Containing(address);
            if (_released || region is null || length == 0 || length > region.End - address)
            {
                return false;
            }

            if (region.Section is { MaximumProtection: < PageProtection.ReadWrite } && protection == PageProtection.ReadWrite)
            {
                return false;
            }

            region.Protect(address, length, protection);
            return true;
        }
    }

    /// <summary>Releases a region by its start: VirtualFree. False if none starts there.</summary>
    public bool FreeRegion(ulong address)
    {
        lock (_lock)
        {
            if (_released || address < RegionBase || _regions.StartingAt(address) is not { Section: null } region)
            {
                return false;
            }

            _regions.Remove(region);
            return true;
        }
    }

    /// <summary>Maps a view of a whole section at an address chosen by the machine. The view holds a reference of its own.</summary>
    /// <param name="section">The section; the caller holds a reference.</param>
    /// <param name="access">Read, or read and write.</param>
    /// <param name="view">Address and size of the view, on success.</param>
    /// <returns>
    /// Success; <see cref="NtStatus.AccessDenied"/> for a writable view of a read-only section; <see cref="NtStatus.NoMemory"/> for a
    /// section of more than <see cref="MaxLength"/> bytes; <see cref="NtStatus.ProcessIsTerminating"/>.
    /// </returns>
    internal NtStatus MapView(MmSection section, MemoryAccess access, out UserRange view)
    {
        view = UserRange.Null;
        PageProtection protection = access == MemoryAccess.Read ? PageProtection.ReadOnly : PageProtection.ReadWrite;
        if (protection > section.MaximumProtection)
        {
            return NtStatus.AccessDenied;
        }

        if (section.Length > MaxLength)
        {
            return NtStatus.NoMemory;
        }

        lock (_lock)
        {
            if (_released)
            {
                return NtStatus.ProcessIsTerminating;
            }

            UserRegion region = _regions.AddView(_nextRegion, section, protection);
            _nextRegion += ((region.Length + RegionGap - 1) & ~(RegionGap - 1)) + RegionGap;
            view = new UserRange(region.Start, region.Length);
            return NtStatus.Success;
        }
    }

    /// <summary>Unmaps the view that contains an address; false if there is none.</summary>
    internal bool UnmapView(ulong address)
    {
        MmSection[]? unmapped;
        lock (_lock)
        {
            if (_released || _regions.Containing(address) is not { Section: not null } region)
            {
                return false;
            }

            _regions.Remove(region);
            unmapped = _regions.TakeUnmapped();
        }

        Forget(unmapped);
        return true;
    }

    /// <summary>A call has ended: returns memory that was freed during it to the host.</summary>
    internal void Reclaim()
    {
        if (!_regions.HasLimbo)
        {
            return;
        }

        MmSection[]? unmapped;
        lock (_lock)
        {
            _regions.Reclaim();
            unmapped = _regions.TakeUnmapped();
        }

        Forget(unmapped);
    }

    /// <summary>Returns all memory to the host: the process has ended, and no call is in progress.</summary>
    internal void ReleaseMemory()
    {
        MmSection[]? unmapped = null;
        lock (_lock)
        {
            if (!_released)
            {
                _released = true;
                _regions.ReleaseMemory();
                unmapped = _regions.TakeUnmapped();
            }
        }

        Forget(unmapped);
    }

    /// <summary>Releases the sections of views that are gone for good. This may free sections, so no lock is held.</summary>
    private static void Forget(MmSection[]? unmapped)
    {
        foreach (MmSection section in unmapped ?? [])
        {
            section.RemoveView();
        }
    }

    private static int SlotOf(ulong address) => (int)(((uint)(address >> 12) * 2654435769u) >> (32 - RecentBits));

    // Not inlined: callers would have to clear room for the violation in every call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> AccessSlow(ulong address, uint length, MemoryAccess access, string site)
    {
        _exit.ThrowIfExited();
        if (!TryAccess(address, length, access, site, out Span<byte> bytes, out AccessViolation violation))
        {
            _exit.ThrowIfExited();
            throw new AccessViolationFault(violation);
        }

        return bytes;
    }

    private bool TryAccessSlow(ulong address, uint length, MemoryAccess access, string site, out Span<byte> bytes, out AccessViolation violation)
    {
        bytes = default;
        violation = default;
        if (length == 0)
        {
            return true;
        }

        ulong bad = address;
        lock (_lock)
        {
            if (_regions.Containing(address) is { } region)
            {
                bad = region.FirstBad(address, access);
                if (length <= bad - address)
                {
                    _recent[SlotOf(address)] = region;
                    bytes = region.Bytes(address, length);
                    return true;
                }
            }
        }

        violation = new AccessViolation(access, bad, address, length, site);
        return false;
    }

    private void ThrowIfReleased()
    {
        if (_released)
        {
            throw _exit.Exception();
        }
    }
}
