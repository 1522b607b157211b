using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.Nt.Mm;

/// <summary>
/// Non-paged kernel memory: native, tagged, counted, limited. A block does not move. Blocks are 16-byte aligned.
/// </summary>
/// <remarks>
/// Small blocks are cut from chunks and kept by size when freed; a block of up to 256 KiB is not returned to the host before the machine is
/// disposed. Larger ones are taken from the host individually, use no host memory until touched, and are returned to it when freed, but for
/// 8 MiB at most that are kept for the next one. Any thread may call, at any IRQL.
/// Freed blocks, counts and part of what the limit still allows are kept for each processor (<see cref="PoolProcessor"/>), so that processors
/// do not wait for each other; what is asked for is summed.
/// Misuse stops the machine with BAD_POOL_CALLER; its first parameter is the WDK's code for the kind of misuse. An overrun into a freed
/// block's header is found when that block is next used: BAD_POOL_HEADER.
/// </remarks>
public sealed unsafe class Pool
{
    // A power of two.
    private const int OutsideParts = 8;

    private const nuint ChunkBytes = 2 * 1024 * 1024;

    // A run of small blocks of one size, for one processor, and what keeps it off the cache lines of its neighbours.
    private const nuint RunBytes = 1024;
    private const nuint RunGap = 64;
    private const nuint MostInRun = RunBytes / 2;

    private const ulong ZeroSize = 0x00;
    private const ulong AlreadyFreed = 0x07;
    private const ulong WrongTag = 0x0A;
    private const ulong InvalidAddress = 0x46;
    private const ulong ZeroTag = 0x9B;

    // BAD_POOL_HEADER's first parameter: the list of free blocks is corrupt.
    private const ulong FreeListCorrupt = 0x03;

    private readonly Machine _machine;
    private readonly PoolLimit _limit;

    // No block can have more: the limit, or what the host can address with a header before it.
    private readonly nuint _most;
    private readonly PoolAddressSpace _ranges = new();
    private readonly PoolMagazines _magazines = new();
    private readonly PoolOwnership _owners = new();

    // By processor, made when first used; then those for threads that were never in the machine's kernel.
    private readonly PoolProcessor?[] _processors;
    private PoolProcessor? _first;

    // What the machine itself has, and keeps until it goes. Guarded by itself.
    private readonly PoolTagCounts _own = new();
    private HostSpinLock _chunkLock = new(LockRank.PoolChunks);
    private byte* _chunkNext;
    private byte* _chunkEnd;
    private bool _released;

    internal Pool(Machine machine, long limit)
    {
        _machine = machine;
        _limit = new PoolLimit(limit);
        _most = (nuint)Math.Min((ulong)limit, nuint.MaxValue - PoolHeader.Bytes - 15);
        _processors = new PoolProcessor?[machine.Options.Processors + OutsideParts];
    }

    /// <summary>
    /// Bytes in use, as requested: exact while no other thread allocates or frees. Without the machine's own, the flight recorder's rings, to which
    /// the limit does not apply either.
    /// </summary>
    public long BytesInUse => _limit.InUse(_processors);

    /// <summary>Bytes that the limit still allows.</summary>
    public long BytesLeft => Math.Max(_limit.Limit - BytesInUse, 0);

    /// <summary>Tags with blocks in use that somebody has to free: without that of the machine's own, the flight recorder's <c>Rcdr</c>.</summary>
    public IReadOnlyList<PoolTag> TagsInUse =>
    [
        .. SumCounts(own: false).Where(u => u.Value.Blocks != 0)
            .Select(u => new PoolTag(u.Key))
            .OrderBy(t => t.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Allocates a block: <c>ExAllocatePool2</c>. Null if the limit or the host refuses.</summary>
    /// <param name="bytes">Size in bytes; 0 bugchecks.</param>
    /// <param name="tag">Tag of the owner; 0 bugchecks.</param>
    /// <param name="zero">False leaves the memory uninitialised: <c>POOL_FLAG_UNINITIALIZED</c>.</param>
    public byte* Allocate(nuint bytes, PoolTag tag, bool zero = true) => Allocate(Here(), bytes, tag, zero);

    /// <summary>Frees a block: <c>ExFreePoolWithTag</c>. A wrong pointer or tag bugchecks.</summary>
    public void Free(byte* block, PoolTag tag) => Free(Here(), block, tag);

    /// <summary>Size in bytes of a block, as requested: <c>ExQueryPoolBlockSize</c>. A wrong pointer or tag bugchecks.</summary>
    public nuint BytesOf(byte* block, PoolTag tag) => Check(block, tag)->UserBytes;

    /// <summary>Allocates a block for a thread that is in the kernel.</summary>
    internal byte* Allocate(KeThread current, nuint bytes, PoolTag tag, bool zero) => Allocate(Here(current), bytes, tag, zero);

    /// <summary>Frees a block for a thread that is in the kernel.</summary>
    internal void Free(KeThread current, byte* block, PoolTag tag) => Free(Here(current), block, tag);

    /// <summary>Bytes and blocks in use under a tag.</summary>
    public (long Bytes, long Blocks) Usage(PoolTag tag) => SumCounts().GetValueOrDefault(tag.Value);

    /// <summary>
    /// The simulated kernel address of a location in a pool block, for traces and debuggers: the same in every run with the same seed.
    /// Slow (a search); for tracing only. 0 for a location outside of pool.
    /// </summary>
    public ulong VirtualAddressOf(byte* place) =>
        _ranges.TryFind((nuint)place, out PoolRange range) ? range.Address + ((nuint)place - range.Base) : 0;

    /// <summary>
    /// Allocates a zero-filled block that the machine itself keeps until it goes, at an address of its own: it is counted under its tag, is not
    /// charged to the limit, is no leak, and changes no other block's address. Null if the host refuses.
    /// </summary>
    /// <param name="number">Tells blocks of one owner apart, and so their addresses.</param>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="tag">Tag of the owner.</param>
    internal byte* AllocateOwn(int number, nuint bytes, PoolTag tag)
    {
        nuint total = (bytes + PoolHeader.Bytes + 15) & ~(nuint)15;
        byte* header = (byte*)_ranges.AddOwn(number, total).Base;
        if (header == null)
        {
            return null;
        }

        lock (_own)
        {
            _own.Add(tag, (long)bytes, blocks: 1);
        }

        PoolHeader.Write((PoolHeader*)header, tag, PoolHeader.LargeClass, bytes);
        return header + PoolHeader.Bytes;
    }

    /// <summary>Charges pages that a caller allocates from the host itself, under a tag and the limit; false if the limit refuses.</summary>
    internal bool TryChargePages(uint bytes, PoolTag tag) => TryTake(Here(), bytes, tag, sizeClass: 0, out _);

    /// <summary>Reverts <see cref="TryChargePages"/>.</summary>
    internal void ReturnPages(uint bytes, PoolTag tag) => GiveBack(Here(), bytes, tag, sizeClass: 0, block: null);

    /// <summary>Reserves simulated kernel addresses for such pages.</summary>
    internal ulong ReserveAddresses(uint bytes) => _ranges.ReserveAddresses(bytes);

    /// <summary>Gives the bytes in use under each tag that was ever used.</summary>
    internal void ReadUsage(Action<string, long> add)
    {
        foreach ((uint tag, (long bytes, _)) in SumCounts())
        {
            add(new PoolTag(tag).ToString(), bytes);
        }
    }

    internal void ReportLeaks(List<string> leaks)
    {
        foreach (PoolTag tag in TagsInUse)
        {
            (long bytes, long blocks) = Usage(tag);
            leaks.Add($"pool '{tag}': {blocks} blocks, {bytes} bytes");
        }
    }

    /// <summary>Returns all memory to the host. The machine is shutting down; no block may be accessed afterwards.</summary>
    internal void ReleaseMemory()
    {
        _released = true;
        _limit.Close();
        foreach (PoolProcessor? part in _processors)
        {
            _limit.Return(part?.Clear() ?? 0);
        }

        _magazines.Clear();
        _ranges.Clear();
    }

    private byte* Allocate(PoolProcessor here, nuint bytes, PoolTag tag, bool zero)
    {
        if (bytes == 0)
        {
            _machine.BugCheck(BugcheckCode.BadPoolCaller, ZeroSize, 0, 0, tag.Value);
        }

        if (tag.Value == 0)
        {
            _machine.BugCheck(BugcheckCode.BadPoolCaller, ZeroTag, 0, bytes);
        }

        nuint total = (bytes + PoolHeader.Bytes + 15) & ~(nuint)15;
        int sizeClass = total <= PoolSizeClass.MaxBytes ? PoolSizeClass.Of(total, out _) : 0;
        if (!TryTake(here, bytes, tag, sizeClass, out PoolHeader* freed))
        {
            return null;
        }

        byte* header = (byte*)freed;
        if (header == null)
        {
            header = sizeClass == 0 ? AllocateLarge(total, zero, out sizeClass) : Carve(here, sizeClass);
            if (header == null)
            {
                GiveBack(here, bytes, tag, sizeClass: 0, block: null);
                return null;
            }
        }
        else if (zero)
        {
            NativeMemory.Clear(header + PoolHeader.Bytes, total - PoolHeader.Bytes);
        }

        PoolHeader.Write((PoolHeader*)header, tag, sizeClass, bytes);
        byte* block = header + PoolHeader.Bytes;
        if (KernelEventSource.Log.IsEnabled())
        {
            (ulong request, int processor) = Origin();
            KernelEventSource.Log.PoolAllocate(request, processor, tag.ToString(), (long)bytes, VirtualAddressOf(block));
        }

        return block;
    }

    private void Free(PoolProcessor here, byte* block, PoolTag tag)
    {
        if (_released)
        {
            return;
        }

        PoolHeader* header = Check(block, tag);
        nuint bytes = header->UserBytes;
        int sizeClass = header->SizeClass;
        ulong address = KernelEventSource.Log.IsEnabled() ? VirtualAddressOf(block) : 0;
        if (!PoolHeader.TryMarkFreed(header))
        {
            _machine.BugCheck(BugcheckCode.BadPoolCaller, AlreadyFreed, (ulong)tag.Value, VirtualAddressOf(block));
        }

        if (sizeClass == PoolHeader.LargeClass)
        {
            _ranges.Remove((nuint)header);
            header = null;
        }

        GiveBack(here, bytes, tag, sizeClass, header);
        if (address != 0)
        {
            (ulong request, int processor) = Origin();
            KernelEventSource.Log.PoolFree(request, processor, tag.ToString(), (long)bytes, address);
        }
    }

    /// <summary>
    /// The part of the processor that the calling thread is on, or was on when it last was in the kernel. Threads that never were there share a few
    /// other parts.
    /// </summary>
    private PoolProcessor Here()
    {
        int index = KeThread.LastOrNull is { } thread && thread.Machine == _machine
            ? thread.ProcessorNumber
            : _processors.Length - 1 - (Environment.CurrentManagedThreadId & (OutsideParts - 1));
        return _processors[index] ?? Create(index);
    }

    private PoolProcessor Here(KeThread current) => _processors[current.ProcessorNumber] ?? Create(current.ProcessorNumber);

    private PoolProcessor Create(int index)
    {
        PoolProcessor created = new(_magazines, _owners);
        created = Interlocked.CompareExchange(ref _processors[index], created, null) ?? created;
        Interlocked.CompareExchange(ref _first, created, null);
        return created;
    }

    /// <summary>Counts a block, and takes a freed one of its class if there is one. False if the limit refuses.</summary>
    private bool TryTake(PoolProcessor here, nuint bytes, PoolTag tag, int sizeClass, out PoolHeader* freed)
    {
        freed = null;
        if (bytes > _most)
        {
            return false;
        }

        bool good;
        while (!here.TryTake((long)bytes, tag, sizeClass, out freed, out good))
        {
            if (!_limit.TryCharge((long)bytes, _processors, here))
            {
                return false;
            }
        }

        if (!good)
        {
            CorruptFreeList(freed);
        }

        return true;
    }

    private void GiveBack(PoolProcessor here, nuint bytes, PoolTag tag, int sizeClass, PoolHeader* block)
    {
        long surplus = here.Give((long)bytes, tag, sizeClass, block);
        if (surplus != 0)
        {
            _limit.Return(surplus);
        }
    }

    [DoesNotReturn]
    private void CorruptFreeList(PoolHeader* at) =>
        _machine.BugCheck(BugcheckCode.BadPoolHeader, FreeListCorrupt, VirtualAddressOf((byte*)at));

    private Dictionary<uint, (long Bytes, long Blocks)> SumCounts(bool own = true)
    {
        Dictionary<uint, (long Bytes, long Blocks)> sums = [];
        lock (_own)
        {
            if (own)
            {
                _own.AddTo(sums);
            }
        }

        foreach (PoolProcessor? part in _processors)
        {
            part?.SumCounts(sums);
        }

        return sums;
    }

    private byte* AllocateLarge(nuint total, bool zero, out int sizeClass)
    {
        sizeClass = PoolHeader.LargeClass;
        return (byte*)_ranges.Add(total, zero).Base;
    }

    /// <summary>
    /// Makes a fresh, zero-filled block. The processor that came first cuts each off the chunk; the others cut small ones from runs of their own, so
    /// that blocks of two processors do not share a cache line.
    /// </summary>
    private byte* Carve(PoolProcessor here, int sizeClass)
    {
        nuint classBytes = PoolSizeClass.BytesOf(sizeClass);
        if (classBytes > MostInRun || ReferenceEquals(here, _first))
        {
            return Carve(classBytes);
        }

        byte* block = here.CutFromRun(sizeClass, (uint)classBytes);
        if (block == null)
        {
            byte* run = Carve(RunGap + RunBytes + RunGap);
            if (run != null)
            {
                block = run + RunGap;
                here.BeginRun(sizeClass, block + classBytes, block + RunBytes);
            }
        }

        return block;
    }

    /// <summary>Cuts fresh memory off the current chunk. If the chunk is too short, its rest is wasted.</summary>
    private byte* Carve(nuint bytes)
    {
        _chunkLock.Enter();
        if ((nuint)(_chunkEnd - _chunkNext) < bytes)
        {
            PoolRange chunk = _ranges.Add(ChunkBytes);
            if (chunk.Base == 0)
            {
                _chunkLock.Exit();
                return null;
            }

            _chunkNext = (byte*)chunk.Base;
            _chunkEnd = _chunkNext + ChunkBytes;
        }

        byte* start = _chunkNext;
        _chunkNext += bytes;
        _chunkLock.Exit();
        return start;
    }

    /// <summary>Finds the header of a block that may be freed under a tag; anything else stops the machine.</summary>
    private PoolHeader* Check(byte* block, PoolTag tag)
    {
        PoolHeader* header = PoolHeader.Of(block);
        bool inPool = block != null && (nuint)block % 16 == 0 && _ranges.TryFind((nuint)header, out _);
        if (!inPool || !PoolHeader.IsGenuine(header))
        {
            _machine.BugCheck(BugcheckCode.BadPoolCaller, InvalidAddress, inPool ? VirtualAddressOf(block) : (ulong)block, 0, tag.Value);
        }

        if (header->IsFreed)
        {
            _machine.BugCheck(BugcheckCode.BadPoolCaller, AlreadyFreed, header->Tag.Value, VirtualAddressOf(block));
        }

        if (header->Tag != tag)
        {
            _machine.BugCheck(BugcheckCode.BadPoolCaller, WrongTag, VirtualAddressOf(block), header->Tag.Value, tag.Value);
        }

        return header;
    }

    private (ulong RequestId, int Processor) Origin() =>
        KeThread.CurrentOrNull is { } thread && thread.Machine == _machine ? (thread.RequestId, thread.ProcessorNumber) : (0, -1);
}
