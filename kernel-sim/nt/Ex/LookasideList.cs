using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;

namespace KernelSim.Nt.Ex;

/// <summary>
/// Blocks of one size, cut from slabs of pool, with a free list for each processor, so that allocating and freeing take no
/// lock: callers are at DISPATCH_LEVEL. Slabs return to pool when the list is deleted.
/// </summary>
/// <remarks>
/// Each processor has two magazines, arrays of the addresses of free blocks, and a slab that it cuts new blocks from. Freeing does not touch a
/// block, whose memory is seldom in a cache by then, and allocating prefetches those that come next. A processor that frees more than it
/// allocates hands full magazines to the others through a shared stack, so free blocks do not accumulate where nobody allocates.
/// </remarks>
public sealed unsafe class LookasideList : IDisposable
{
    // With its header, the smallest slab fills a size class of pool exactly, and the largest two huge pages of the host.
    private const uint MinSlabBytes = (64 * 1024) - PoolHeader.Bytes;
    private const long MaxSlabBytes = 4 * 1024 * 1024;

    // How many blocks ahead one is prefetched.
    private const int Ahead = 8;

    private const uint CacheLine = 64;

    // A new slab takes at most this part of what the list has: that much of it may be waste.
    private const int GrowthDivisor = 4;

    private readonly Machine _machine;
    private readonly PerProcessor[] _perProcessor;
    private readonly uint _blockBytes;
    private readonly uint _minSlabBytes;
    private readonly int _magazineBlocks;
    private readonly Stack<nint> _fullMagazines = new();
    private readonly Stack<nint> _emptyMagazines = new();
    private readonly List<nint> _magazines = [];
    private readonly List<nint> _slabs = [];
    private long _slabBytes;
    private HostSpinLock _sharedLock = new(LockRank.LookasideList);
    private int _fullCount;
    private bool _disposed;

    /// <summary>Creates a list.</summary>
    /// <param name="machine">The machine whose pool the slabs come from.</param>
    /// <param name="tag">Pool tag of the slabs.</param>
    /// <param name="blockBytes">
    /// Size of a block in bytes, rounded up to 8. Blocks are 8-byte aligned (16-byte if the size is a multiple of 16), and adjacent in
    /// their slab.
    /// </param>
    public LookasideList(Machine machine, PoolTag tag, uint blockBytes)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentOutOfRangeException.ThrowIfZero(blockBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blockBytes, uint.MaxValue / 32);
        _machine = machine;
        Tag = tag;
        _blockBytes = (blockBytes + 7) & ~7u;
        _minSlabBytes = Math.Max(MinSlabBytes, _blockBytes * 16);
        _magazineBlocks = (int)Math.Clamp(MinSlabBytes / _blockBytes, 8, 512);
        _perProcessor = new PerProcessor[machine.Options.Processors];
        machine.Lookasides.Add(this);
    }

    /// <summary>Size of a block in bytes, as given, rounded up to 8.</summary>
    public uint BlockBytes => _blockBytes;

    /// <summary>Pool tag of the slabs.</summary>
    public PoolTag Tag { get; }

    /// <summary>Number of blocks that are allocated and not freed.</summary>
    public long Outstanding
    {
        get
        {
            long sum = 0;
            foreach (ref PerProcessor p in _perProcessor.AsSpan())
            {
                sum += Volatile.Read(ref p.Outstanding);
            }

            return sum;
        }
    }

    /// <summary>Allocates an uninitialised block; null if pool refuses. The caller is at DISPATCH_LEVEL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Allocate(KeThread current)
    {
        ref PerProcessor here = ref Here(current);
        byte* block;
        int count = here.LoadedCount;
        if (count != 0)
        {
            byte** last = here.Loaded + count - 1;
            here.LoadedCount = count - 1;
            block = *last;
            Prefetch(*(last - Ahead));
        }
        else
        {
            block = here.Bump;
            if (block == here.BumpEnd || here.SpareIsFull)
            {
                block = AllocateSlow(ref here);
                if (block == null)
                {
                    return null;
                }
            }
            else
            {
                here.Bump = block + _blockBytes;
            }
        }

        here.Outstanding++;
        return block;
    }

    /// <summary>Frees a block, on any processor. The caller is at DISPATCH_LEVEL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(KeThread current, byte* block)
    {
        ref PerProcessor here = ref Here(current);
        if (here.LoadedCount == here.LoadedRoom)
        {
            Unload(ref here);
        }

        here.Loaded[here.LoadedCount++] = block;
        here.Outstanding--;
    }

    /// <summary>Returns the slabs to pool, including blocks that are still allocated.</summary>
    public void Dispose()
    {
        _sharedLock.Enter();
        bool first = !_disposed;
        _disposed = true;
        nint[] slabs = [.. _slabs];
        _slabs.Clear();
        nint[] magazines = [.. _magazines];
        _magazines.Clear();
        _fullMagazines.Clear();
        _emptyMagazines.Clear();
        _fullCount = 0;
        _sharedLock.Exit();
        if (!first)
        {
            return;
        }

        Array.Clear(_perProcessor);
        _machine.Lookasides.Remove(this);
        foreach (nint magazine in magazines)
        {
            NativeMemory.Free((void*)magazine);
        }

        foreach (nint slab in slabs)
        {
            _machine.Pool.Free((byte*)slab, Tag);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref PerProcessor Here(KeThread current)
    {
        if (current.Irql < Irql.Dispatch)
        {
            current.BugCheckIrql(Irql.Dispatch);
        }

        return ref _perProcessor[current.ProcessorNumber];
    }

    /// <summary>The loaded magazine is empty: take the spare one, otherwise a full one from the others, otherwise cut from a new slab.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte* AllocateSlow(ref PerProcessor here)
    {
        byte* block;
        if (here.Spare != null || TakeFull(ref here))
        {
            ReturnEmpty(here.Loaded);
            here.Loaded = here.Spare;
            here.LoadedRoom = _magazineBlocks;
            here.LoadedCount = _magazineBlocks - 1;
            here.Spare = null;
            return here.Loaded[here.LoadedCount];
        }

        if (here.Bump == here.BumpEnd)
        {
            uint bytes = NextSlabBytes();
            byte* slab = _machine.Pool.Allocate(bytes, Tag, zero: false);
            if (slab == null && bytes > _minSlabBytes)
            {
                bytes = _minSlabBytes;
                slab = _machine.Pool.Allocate(bytes, Tag, zero: false);
            }

            if (slab == null)
            {
                return null;
            }

            _sharedLock.Enter();
            _slabs.Add((nint)slab);
            _slabBytes += bytes;
            _sharedLock.Exit();
            byte* first = (byte*)(((nuint)slab + CacheLine - 1) & ~(nuint)(CacheLine - 1));
            here.Bump = first;
            here.BumpEnd = first + ((bytes - (uint)(first - slab)) / _blockBytes * _blockBytes);
        }

        block = here.Bump;
        here.Bump = block + _blockBytes;
        return block;
    }

    /// <summary>
    /// Size of the next slab: 64 KiB, in a long list more. From 256 KiB on, pool takes it from the host and returns it there; from 2 MiB on in huge
    /// pages.
    /// </summary>
    private uint NextSlabBytes()
    {
        uint part = (uint)Math.Min(Volatile.Read(ref _slabBytes) / GrowthDivisor, MaxSlabBytes);
        return part <= _minSlabBytes ? _minSlabBytes : Math.Max(_minSlabBytes, (1u << BitOperations.Log2(part)) - PoolHeader.Bytes);
    }

    private bool TakeFull(ref PerProcessor here)
    {
        if (Volatile.Read(ref _fullCount) == 0)
        {
            return false;
        }

        _sharedLock.Enter();
        if (_fullMagazines.TryPop(out nint full))
        {
            here.Spare = (byte**)full;
            _fullCount--;
        }

        _sharedLock.Exit();
        return here.Spare != null;
    }

    /// <summary>The loaded magazine is full, or there is none: make it the spare one, and hand the old spare one, full too, to the others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Unload(ref PerProcessor here)
    {
        if (here.Spare != null)
        {
            _sharedLock.Enter();
            _fullMagazines.Push((nint)here.Spare);
            _fullCount++;
            _sharedLock.Exit();
        }

        here.Spare = here.Loaded;
        here.Loaded = TakeEmpty();
        here.LoadedRoom = _magazineBlocks;
        here.LoadedCount = 0;
    }

    private byte** TakeEmpty()
    {
        _sharedLock.Enter();
        _emptyMagazines.TryPop(out nint empty);
        _sharedLock.Exit();
        if (empty != 0)
        {
            return (byte**)empty;
        }

        // Bookkeeping of the host's: a block can always be freed. Prefetching looks at the places before the first.
        byte** start = (byte**)NativeMemory.Alloc((nuint)(Ahead + _magazineBlocks), (nuint)sizeof(byte*));
        new Span<nint>(start, Ahead).Fill((nint)start);
        _sharedLock.Enter();
        _magazines.Add((nint)start);
        _sharedLock.Exit();
        return start + Ahead;
    }

    private void ReturnEmpty(byte** magazine)
    {
        if (magazine != null)
        {
            _sharedLock.Enter();
            _emptyMagazines.Push((nint)magazine);
            _sharedLock.Exit();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* block)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(block);
        }
    }

    /// <summary>
    /// Touched only by the thread at DISPATCH_LEVEL on the processor. Padded on both sides: processors share no cache line with each other, nor with
    /// the array's length, which every access reads.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct PerProcessor
    {
        [FieldOffset(64)]
        public byte** Loaded;
        [FieldOffset(72)]
        public byte** Spare;
        [FieldOffset(80)]
        public byte* Bump;
        [FieldOffset(88)]
        public byte* BumpEnd;
        [FieldOffset(96)]
        public long Outstanding;
        [FieldOffset(104)]
        public int LoadedCount;
        [FieldOffset(108)]
        public int LoadedRoom;

        public readonly bool SpareIsFull => Spare != null;
    }
}
