using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// Blocks of one size, from a lookaside list, or from pool if they are too large for lists to pay off. Knows how to retire them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its owner's epoch ends its life: see Dispose(KeThread).")]
internal sealed unsafe class BlockSource
{
    /// <summary>Larger blocks are allocated from pool individually.</summary>
    private const uint LargestListed = 8192;

    private readonly EpochManager _epochs;
    private readonly EpochReclaimer _reclaimer;
    private readonly LookasideList? _list;
    private readonly nuint _bytes;

    public BlockSource(KeThread current, EpochManager epochs, ulong bytes)
    {
        _epochs = epochs;
        _bytes = HostSize.Of(bytes);
        if (bytes <= LargestListed)
        {
            _list = new LookasideList(current.Machine, CorePoolTags.Map, (uint)bytes);
            _reclaimer = new LookasideReclaimer(_list);
        }
        else
        {
            _reclaimer = new PoolReclaimer(current.Machine.Pool, CorePoolTags.Map);
        }

        epochs.Register(current, _reclaimer);
    }

    /// <summary>True if disposing the source frees all of its blocks, including those that were never freed.</summary>
    public bool OwnsBlocks => _list is not null;

    /// <summary>Allocates an uninitialised block; null if pool refuses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Allocate(KeThread current) =>
        _list is { } list ? list.Allocate(current) : current.Machine.Pool.Allocate(_bytes, CorePoolTags.Map, zero: false);

    /// <summary>Allocates up to a number of uninitialised blocks, if they come from a list. Returns how many.</summary>
    public uint AllocateMany(KeThread current, byte** blocks, uint count)
    {
        uint done = 0;
        if (_list is { } list)
        {
            while (done < count && (blocks[done] = list.Allocate(current)) != null)
            {
                done++;
            }
        }

        return done;
    }

    /// <summary>Frees a block that no reader has seen.</summary>
    public void Free(KeThread current, byte* block)
    {
        if (_list is { } list)
        {
            list.Free(current, block);
        }
        else
        {
            current.Machine.Pool.Free(block, CorePoolTags.Map);
        }
    }

    /// <summary>Retires a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Retire(in StoreWriter writer, byte* block) => writer.Retire(block, _reclaimer.Number, (uint)_bytes);

    /// <summary>Retires many blocks at once.</summary>
    public void RetireMany(in StoreWriter writer, byte** blocks, uint count) =>
        writer.RetireMany(blocks, count, _reclaimer.Number, (uint)_bytes);

    /// <summary>Frees everything. No block of it may be waiting in an epoch.</summary>
    public void Dispose(KeThread current)
    {
        _epochs.Unregister(current, _reclaimer);
        _list?.Dispose();
    }
}

/// <summary>Returns blocks to the lookaside list that they came from.</summary>
internal sealed unsafe class LookasideReclaimer(LookasideList list) : EpochReclaimer
{
    /// <inheritdoc/>
    public override void Reclaim(KeThread current, ReadOnlySpan<EpochFreeEntry> entries)
    {
        foreach (ref readonly EpochFreeEntry entry in entries)
        {
            list.Free(current, entry.Block);
        }
    }
}
