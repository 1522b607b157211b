using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// The sources of a table's bucket blocks: one for each small number of entries, created when first needed, and pool for the rest.
/// </summary>
internal sealed unsafe class BucketSources
{
    /// <summary>The largest number of entries whose blocks come from lists.</summary>
    public const int Listed = 16;

    private readonly EpochManager _epochs;
    private readonly PoolReclaimer _poolReclaimer;
    private readonly nuint _keySize;
    private readonly BlockSource?[] _bySize = new BlockSource?[Listed + 1];
    private KSpinLock _lock = new(CoreLockRanks.BucketSources);

    public BucketSources(KeThread current, EpochManager epochs, nuint keySize)
    {
        _epochs = epochs;
        _keySize = keySize;
        _poolReclaimer = new PoolReclaimer(current.Machine.Pool, CorePoolTags.Map);
        epochs.Register(current, _poolReclaimer);
    }

    /// <summary>Allocates a block for a number of entries and writes the number to its header; null if pool refuses.</summary>
    public HashBucket* Allocate(KeThread current, int entries)
    {
        byte* block = entries <= Listed
            ? Source(current, entries).Allocate(current)
            : current.Machine.Pool.Allocate(HashBucket.Size(_keySize, entries), CorePoolTags.Map, zero: false);
        var bucket = (HashBucket*)block;
        if (bucket != null)
        {
            bucket->Count = entries;
        }

        return bucket;
    }

    /// <summary>Returns a block that was never published.</summary>
    public void Free(KeThread current, HashBucket* bucket)
    {
        if (bucket->Count <= Listed)
        {
            Source(current, bucket->Count).Free(current, (byte*)bucket);
        }
        else
        {
            current.Machine.Pool.Free((byte*)bucket, CorePoolTags.Map);
        }
    }

    /// <summary>Retires a block that is no longer published.</summary>
    public void Retire(in StoreWriter writer, HashBucket* bucket)
    {
        if (bucket->Count <= Listed)
        {
            Source(writer.Current, bucket->Count).Retire(writer, (byte*)bucket);
        }
        else
        {
            writer.Retire((byte*)bucket, _poolReclaimer.Number, (uint)HashBucket.Size(_keySize, bucket->Count));
        }
    }

    /// <summary>True if the block must be freed individually at the end: it does not belong to a source.</summary>
    public bool IsPooled(HashBucket* bucket) => bucket->Count > Listed || !Volatile.Read(ref _bySize[bucket->Count])!.OwnsBlocks;

    /// <summary>Frees everything except pooled blocks.</summary>
    public void Dispose(KeThread current)
    {
        foreach (BlockSource? source in _bySize)
        {
            source?.Dispose(current);
        }

        _epochs.Unregister(current, _poolReclaimer);
    }

    private BlockSource Source(KeThread current, int entries) => Volatile.Read(ref _bySize[entries]) ?? MakeSource(current, entries);

    private BlockSource MakeSource(KeThread current, int entries)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        if (_bySize[entries] is not { } source)
        {
            source = new BlockSource(current, _epochs, HashBucket.Size(_keySize, entries));
            Volatile.Write(ref _bySize[entries], source);
        }

        return source;
    }
}
