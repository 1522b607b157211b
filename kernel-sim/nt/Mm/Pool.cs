using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.Nt.Mm;

/// <summary>
/// Non-paged kernel memory: native, tagged, counted, limited. A block does not move. Blocks are 16-byte aligned.
/// </summary>
/// <remarks>
/// Small blocks are cut from chunks and kept by size when freed; a block of up to 256 KiB is not returned to the host before the machine is
/// disposed. Larger ones are allocated from the host individually, and use no host memory until touched. Any thread may call, at any IRQL.
/// Misuse stops the machine with BAD_POOL_CALLER; its first parameter is the WDK's code for the kind of misuse. An overrun into a freed
/// block's header is found when that block is next used: BAD_POOL_HEADER.
/// </remarks>
public sealed unsafe class Pool
{
    private const nuint ChunkBytes = 2 * 1024 * 1024;

    private const ulong ZeroSize = 0x00;
    private const ulong AlreadyFreed = 0x07;
    private const ulong WrongTag = 0x0A;
    private const ulong InvalidAddress = 0x46;
    private const ulong ZeroTag = 0x9B;

    // BAD_POOL_HEADER's first parameter: the list of free blocks is corrupt.
    private const ulong FreeListCorrupt = 0x03;

    private readonly Machine _machine;
    private readonly long _limit;
    private readonly PoolAddressSpace _ranges = new();
    private readonly ConcurrentDictionary<uint, TagUsage> _usage = new();
    private readonly FreeList[] _free = new FreeList[PoolSizeClass.Count];
    private HostSpinLock _chunkLock = new(LockRank.PoolChunks);
    private byte* _chunkNext;
    private byte* _chunkEnd;
    private long _bytesInUse;
    private bool _released;

    internal Pool(Machine machine, long limit)
    {
        _machine = machine;
        _limit = limit;
        Array.Fill(_free, new FreeList());
    }

    /// <summary>Bytes in use, as requested.</summary>
    public long BytesInUse => Volatile.Read(ref _bytesInUse);

    /// <summary>Bytes that the limit still allows.</summary>
    public long BytesLeft => Math.Max(_limit - BytesInUse, 0);

    /// <summary>Tags that have blocks in use.</summary>
    public IReadOnlyList<PoolTag> TagsInUse =>
    [
        .. _usage.Where(u => Volatile.Read(ref u.Value.Blocks) != 0)
            .Select(u => new PoolTag(u.Key))
            .OrderBy(t => t.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Allocates a block: <c>ExAllocatePool2</c>. Null if the limit or the host refuses.</summary>
    /// <param name="bytes">Size in bytes; 0 bugchecks.</param>
    /// <param name="tag">Tag of the owner; 0 bugchecks.</param>
    /// <param name="zero">False leaves the memory uninitialised: <c>POOL_FLAG_UNINITIALIZED</c>.</param>
    public byte* Allocate(nuint bytes, PoolTag tag, bool zero = true)
    {
        if (bytes == 0)
        {
            _machine.BugCheck(BugcheckCode.BadPoolCaller, ZeroSize, 0, 0, tag.Value);
        }

        if (tag.Value == 0)
        {
            _machine.BugCheck(BugcheckCode.BadPoolCaller, ZeroTag, 0, bytes);
        }

        if (bytes > (nuint)_limit || !TryCharge((long)bytes))
        {
            return null;
        }

        nuint total = (bytes + PoolHeader.Bytes + 15) & ~(nuint)15;
        byte* header = total <= PoolSizeClass.MaxBytes ? AllocateSmall(total, zero, out int sizeClass) : AllocateLarge(total, zero, out sizeClass);
        if (header == null)
        {
            Interlocked.Add(ref _bytesInUse, -(long)bytes);
            return null;
        }

        PoolHeader.Write((PoolHeader*)header, tag, sizeClass, bytes);
        CountOf(tag, (long)bytes, blocks: 1);
        byte* block = header + PoolHeader.Bytes;
        if (KernelEventSource.Log.IsEnabled())
        {
            (ulong request, int processor) = Origin();
            KernelEventSource.Log.PoolAllocate(request, processor, tag.ToString(), (long)bytes, VirtualAddressOf(block));
        }

        return block;
    }

    /// <summary>Frees a block: <c>ExFreePoolWithTag</c>. A wrong pointer or tag bugchecks.</summary>
    public void Free(byte* block, PoolTag tag)
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

        CountOf(tag, -(long)bytes, blocks: -1);
        Interlocked.Add(ref _bytesInUse, -(long)bytes);
        if (sizeClass == PoolHeader.LargeClass)
        {
            _ranges.Remove((nuint)header);
        }
        else
        {
            _free[sizeClass].Push(header);
        }

        if (address != 0)
        {
            (ulong request, int processor) = Origin();
            KernelEventSource.Log.PoolFree(request, processor, tag.ToString(), (long)bytes, address);
        }
    }

    /// <summary>Bytes and blocks in use under a tag.</summary>
    public (long Bytes, long Blocks) Usage(PoolTag tag) =>
        _usage.TryGetValue(tag.Value, out TagUsage? usage) ? (Volatile.Read(ref usage.Bytes), Volatile.Read(ref usage.Blocks)) : (0, 0);

    /// <summary>
    /// The simulated kernel address of a location in a pool block, for traces and debuggers: the same in every run with the same seed.
    /// Slow (a search); for tracing only. 0 for a location outside of pool.
    /// </summary>
    public ulong VirtualAddressOf(byte* place) =>
        _ranges.TryFind((nuint)place, out PoolRange range) ? range.Address + ((nuint)place - range.Base) : 0;

    /// <summary>Charges pages that a caller allocates from the host itself, under a tag and the limit; false if the limit refuses.</summary>
    internal bool TryChargePages(uint bytes, PoolTag tag)
    {
        if (!TryCharge(bytes))
        {
            return false;
        }

        CountOf(tag, bytes, blocks: 1);
        return true;
    }

    /// <summary>Reverts <see cref="TryChargePages"/>.</summary>
    internal void ReturnPages(uint bytes, PoolTag tag)
    {
        Interlocked.Add(ref _bytesInUse, -bytes);
        CountOf(tag, -(long)bytes, blocks: -1);
    }

    /// <summary>Reserves simulated kernel addresses for such pages.</summary>
    internal ulong ReserveAddresses(uint bytes) => _ranges.ReserveAddresses(bytes);

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
        _ranges.Clear();
    }

    private void CountOf(PoolTag tag, long bytes, int blocks)
    {
        TagUsage usage = _usage.GetOrAdd(tag.Value, static _ => new TagUsage());
        Interlocked.Add(ref usage.Bytes, bytes);
        Interlocked.Add(ref usage.Blocks, blocks);
    }

    private bool TryCharge(long bytes)
    {
        if (_released)
        {
            return false;
        }

        if (Interlocked.Add(ref _bytesInUse, bytes) <= _limit)
        {
            return true;
        }

        Interlocked.Add(ref _bytesInUse, -bytes);
        return false;
    }

    private byte* AllocateSmall(nuint total, bool zero, out int sizeClass)
    {
        sizeClass = PoolSizeClass.Of(total, out nuint classBytes);
        if (!_free[sizeClass].TryPop(out PoolHeader* freed))
        {
            _machine.BugCheck(BugcheckCode.BadPoolHeader, FreeListCorrupt, VirtualAddressOf((byte*)freed));
        }

        if (freed == null)
        {
            return Carve(classBytes);
        }

        byte* header = (byte*)freed;
        if (zero)
        {
            NativeMemory.Clear(header + PoolHeader.Bytes, total - PoolHeader.Bytes);
        }

        return header;
    }

    private byte* AllocateLarge(nuint total, bool zero, out int sizeClass)
    {
        sizeClass = PoolHeader.LargeClass;
        return (byte*)_ranges.Add(total, zero).Base;
    }

    /// <summary>Cuts a fresh, zero-filled block off the current chunk. If the chunk is too short, its rest is wasted.</summary>
    private byte* Carve(nuint classBytes)
    {
        _chunkLock.Enter();
        if ((nuint)(_chunkEnd - _chunkNext) < classBytes)
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

        byte* header = _chunkNext;
        _chunkNext += classBytes;
        _chunkLock.Exit();
        return header;
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

    private sealed class TagUsage
    {
        public long Bytes;
        public long Blocks;
    }

    /// <summary>Freed blocks of one size, linked through their headers. Padded, so that sizes do not share cache lines.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct FreeList
    {
        private PoolHeader* _first;
        private HostSpinLock _lock = new(LockRank.PoolClass);

        public FreeList()
        {
        }

        /// <summary>
        /// Removes the most recently freed block; null if there is none. False, and nothing changes, if its header has been overwritten.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryPop(out PoolHeader* freed)
        {
            bool good = true;
            _lock.Enter();
            freed = _first;
            if (freed != null)
            {
                good = PoolHeader.TryGetLink(freed, out PoolHeader* next);
                _first = good ? next : freed;
            }

            _lock.Exit();
            return good;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Push(PoolHeader* header)
        {
            _lock.Enter();
            PoolHeader.Link(header, _first);
            _first = header;
            _lock.Exit();
        }
    }
}
