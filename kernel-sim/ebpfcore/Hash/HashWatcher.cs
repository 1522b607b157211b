using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// Limits a table's entries and is notified when one comes or goes: <c>ebpf_hash_table_notification_function</c>, the
/// <c>supplemental_value_size</c> and the <c>max_entry_count</c> of a table. Called under the lock of the entry's bucket, in an epoch: an
/// implementation may take its own locks, and must not call the table.
/// </summary>
internal abstract unsafe class HashWatcher
{
    private readonly long _limit;
    private long _count;

    /// <param name="limit">Maximum number of entries; 0 for no limit.</param>
    /// <param name="supplementalBytes">Bytes that each value block reserves for the watcher, after the value padded to 8.</param>
    private protected HashWatcher(uint limit, nuint supplementalBytes)
    {
        _limit = limit == 0 ? long.MaxValue : limit;
        SupplementalBytes = supplementalBytes;
    }

    /// <summary>
    /// Bytes that each value block reserves for the watcher, at <see cref="HashTable.SupplementalOffset"/>. The table does not touch them.
    /// </summary>
    public nuint SupplementalBytes { get; }

    /// <summary>Current number of entries, including places taken by updates in progress.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>
    /// A value block is about to be published, for a new key or in place of another; nothing can fail any more. Its value is set, its
    /// supplemental part is not initialised. <c>EBPF_HASH_TABLE_NOTIFICATION_TYPE_ALLOCATE</c>.
    /// </summary>
    public abstract void OnPublishing(KeThread current, byte* key, byte* value);

    /// <summary>
    /// A value block has been replaced or deleted; readers in their epochs may still see it. <c>EBPF_HASH_TABLE_NOTIFICATION_TYPE_FREE</c>.
    /// </summary>
    public abstract void OnRemoved(KeThread current, byte* value);

    /// <summary>
    /// An update was refused: no place left, an existing key, or a missing one. Upstream shows its watcher the new block before the check,
    /// and takes it back then.
    /// </summary>
    public abstract void OnRefused(KeThread current);

    /// <summary>Takes a place for a new entry before it is inserted; false if all are taken.</summary>
    internal bool TryCount()
    {
        if (Interlocked.Increment(ref _count) <= _limit)
        {
            return true;
        }

        Uncount();
        return false;
    }

    /// <summary>Returns a place after its entry has gone.</summary>
    internal void Uncount() => Interlocked.Decrement(ref _count);
}
