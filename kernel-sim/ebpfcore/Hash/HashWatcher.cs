using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// Somebody who limits a table's entries and is told when one comes or goes: <c>ebpf_hash_table_notification_function</c>, the
/// <c>supplemental_value_size</c> and the <c>max_entry_count</c> of a table. Called under the lock of the entry's bucket, in an epoch: an
/// implementation may take locks of its own inside, and calls nothing of the table.
/// </summary>
internal abstract unsafe class HashWatcher
{
    private readonly long _limit;
    private long _count;

    /// <param name="limit">Entries at most; 0 for no limit.</param>
    /// <param name="supplementalBytes">Bytes that each value block has for the watcher, behind the value padded to 8.</param>
    private protected HashWatcher(uint limit, nuint supplementalBytes)
    {
        _limit = limit == 0 ? long.MaxValue : limit;
        SupplementalBytes = supplementalBytes;
    }

    /// <summary>Bytes that each value block has for the watcher, at <see cref="HashTable.SupplementalOffset"/>. Nobody else touches them.</summary>
    public nuint SupplementalBytes { get; }

    /// <summary>Entries now; while others write, one for which there is a place at least.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>
    /// A value block is about to be published, for a new key or in place of another; nothing can fail any more. Its value is there, its
    /// supplemental part is not initialised. <c>EBPF_HASH_TABLE_NOTIFICATION_TYPE_ALLOCATE</c>.
    /// </summary>
    public abstract void OnPublishing(KeThread current, byte* key, byte* value);

    /// <summary>
    /// A value block has been replaced or deleted; readers in their epochs may still see it. <c>EBPF_HASH_TABLE_NOTIFICATION_TYPE_FREE</c>.
    /// </summary>
    public abstract void OnRemoved(KeThread current, byte* value);

    /// <summary>
    /// An update was refused for what it found: no place, a key that is there, one that is not. Upstream shows its watcher the new block before it
    /// looks, and takes it back then.
    /// </summary>
    public abstract void OnRefused(KeThread current);

    /// <summary>Takes a place for a new entry, before it is there; false when all are taken.</summary>
    internal bool TryCount()
    {
        if (Interlocked.Increment(ref _count) <= _limit)
        {
            return true;
        }

        Uncount();
        return false;
    }

    /// <summary>Gives a place back, after the entry has gone.</summary>
    internal void Uncount() => Interlocked.Decrement(ref _count);
}
