using System.Diagnostics.CodeAnalysis;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// Tracks approximately which entries of a map were used least recently: the key history of <c>ebpf_core_lru_map_t</c>. A use is recorded in the
/// partition of the processor on which it happens, so that processors rarely wait for each other.
/// </summary>
/// <remarks>
/// <para>
/// Each partition has a hot list, of the entries used in its current generation, and a cold list of those used before. When the hot list
/// exceeds its limit, it is appended to the cold one and a new generation begins. So the head of a cold list has not
/// been used there for long; a use of an entry that is already hot costs nothing.
/// </para>
/// <para>
/// Upstream adds a new entry to the history before it knows whether there is a place for it, and removes it if there is none: a failed
/// update may leave a new generation behind. Here an entry is added once nothing can fail any more, and a refused update has the same
/// effect on the generations. If no cold list has an entry to evict, upstream retries forever; here the head of a hot
/// list is evicted.
/// </para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Its map ends its life: see Dispose(KeThread).")]
internal sealed unsafe class LruHistory : HashWatcher
{
    // EBPF_LRU_MAXIMUM_PARTITIONS, EBPF_LRU_GENERATION_COUNT, EBPF_LRU_INITIAL_GENERATION.
    private const int MostPartitions = 8;
    private const uint Generations = 10;
    private const ulong FirstGeneration = 1;

    private readonly LruEntries _entries;
    private readonly nuint _keySize;
    private readonly int _partitionCount;
    private readonly ulong _hotLimit;
    private readonly byte* _block;
    private readonly LruPartition* _partitions;

    private LruHistory(uint maxEntries, nuint keySize, uint valueBytes, int partitions, byte* block)
        : base(maxEntries, LruEntries.Size(partitions, keySize))
    {
        _entries = new LruEntries(partitions, Alignment.Up8(valueBytes));
        _keySize = keySize;
        _partitionCount = partitions;
        _hotLimit = Math.Max(maxEntries / (uint)partitions / Generations, 1);
        _block = block;
        _partitions = (LruPartition*)(((nuint)block + LruPartition.Bytes - 1) & ~(nuint)(LruPartition.Bytes - 1));
        for (int i = 0; i < partitions; i++)
        {
            LruLink.Initialize(&_partitions[i].Hot);
            LruLink.Initialize(&_partitions[i].Cold);
            _partitions[i].Generation = FirstGeneration;
            _partitions[i].Lock = new KSpinLock(CoreLockRanks.LruPartition);
        }
    }

    /// <summary>Creates a history; null if pool refuses.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="maxEntries">Maximum number of entries of the map.</param>
    /// <param name="keySize">Key size in bytes.</param>
    /// <param name="valueBytes">Size of a value in bytes, all slots.</param>
    public static LruHistory? Create(KeThread current, uint maxEntries, nuint keySize, uint valueBytes)
    {
        int partitions = Math.Min(current.Machine.Processors.Count, MostPartitions);
        byte* block = current.Machine.Pool.Allocate((nuint)((partitions + 1) * LruPartition.Bytes), CorePoolTags.Map);
        return block == null ? null : new LruHistory(maxEntries, keySize, valueBytes, partitions, block);
    }

    /// <inheritdoc/>
    public override void OnPublishing(KeThread current, byte* key, byte* value)
    {
        byte* entry = _entries.Of(value);
        _entries.Initialize(entry, key, _keySize);
        int partition = PartitionOf(current);
        using SpinLockScope scope = _partitions[partition].Lock.Acquire(current);
        AddHot(current, entry, partition);
    }

    /// <inheritdoc/>
    public override void OnRemoved(KeThread current, byte* value)
    {
        byte* entry = _entries.Of(value);
        for (int i = 0; i < _partitionCount; i++)
        {
            using SpinLockScope scope = _partitions[i].Lock.Acquire(current);
            Forget(entry, i);
            Volatile.Write(ref _entries.Generation(entry, i), LruEntries.Deleted);
        }
    }

    /// <inheritdoc/>
    public override void OnRefused(KeThread current)
    {
        LruPartition* partition = _partitions + PartitionOf(current);
        using SpinLockScope scope = partition->Lock.Acquire(current);
        if (partition->HotCount + 1 > _hotLimit)
        {
            BeginGeneration(partition);
        }
    }

    /// <summary>Records that a program has found an entry: <c>_insert_into_hot_list</c>. In an epoch, at DISPATCH_LEVEL.</summary>
    public void OnUse(KeThread current, byte* value)
    {
        byte* entry = _entries.Of(value);
        int partition = PartitionOf(current);
        ulong generation = Volatile.Read(ref _entries.Generation(entry, partition));
        if (generation == LruEntries.Deleted || generation == Volatile.Read(ref _partitions[partition].Generation))
        {
            return;
        }

        using SpinLockScope scope = _partitions[partition].Lock.Acquire(current);
        generation = _entries.Generation(entry, partition);
        if (generation != LruEntries.Deleted && generation != _partitions[partition].Generation)
        {
            Forget(entry, partition);
            AddHot(current, entry, partition);
        }
    }

    /// <summary>
    /// The key of the entry to evict: <c>_reap_lru_cold_lists</c>, or otherwise the head of a hot list that was used first. Null if there is
    /// none because others are inserting or deleting just now. Call it in an epoch, which keeps the key; its entry may be gone already.
    /// </summary>
    public byte* FindVictim(KeThread current)
    {
        byte* victim = OldestCold(current);
        if (victim == null)
        {
            ulong oldest = ulong.MaxValue;
            for (int i = 0; i < _partitionCount; i++)
            {
                LruPartition* partition = _partitions + i;
                using SpinLockScope scope = partition->Lock.Acquire(current);
                if (!LruLink.IsEmpty(&partition->Hot))
                {
                    Choose(LruEntries.Of(partition->Hot.First, i), ref victim, ref oldest);
                }
            }
        }

        return victim == null ? null : _entries.Key(victim);
    }

    /// <summary>Frees its memory. No thread may use the map's table any more.</summary>
    public void Dispose(KeThread current) => current.Machine.Pool.Free(_block, CorePoolTags.Map);

    private static byte* Head(LruPartition* partition, int number) =>
        LruLink.IsEmpty(&partition->Cold) ? null : LruEntries.Of(partition->Cold.First, number);

    /// <summary>
    /// The head of a cold list whose newest use, in any partition, is oldest; if several are equal, that of the first partition. One round
    /// checks one head in each partition: a head that was used later elsewhere is dropped, and its successor is checked in the next round,
    /// which takes place only if this one has found nothing.
    /// </summary>
    private byte* OldestCold(KeThread current)
    {
        byte* victim = null;
        ulong oldest = ulong.MaxValue;
        bool anyCold = true;
        while (victim == null && anyCold)
        {
            anyCold = false;
            for (int i = 0; i < _partitionCount; i++)
            {
                LruPartition* partition = _partitions + i;
                if (LruLink.IsEmpty(&partition->Cold))
                {
                    continue;
                }

                anyCold = true;
                using SpinLockScope scope = partition->Lock.Acquire(current);
                byte* entry = Head(partition, i);
                if (entry == null)
                {
                    continue;
                }

                if (_entries.NewestUse(entry) != _entries.LastUsed(entry, i))
                {
                    Forget(entry, i);
                    Volatile.Write(ref _entries.Generation(entry, i), LruEntries.Untracked);
                    continue;
                }

                Choose(entry, ref victim, ref oldest);
            }
        }

        return victim;
    }

    private void Choose(byte* entry, ref byte* victim, ref ulong oldest)
    {
        ulong used = _entries.NewestUse(entry);
        if (used < oldest)
        {
            victim = entry;
            oldest = used;
        }
    }

    /// <summary>Removes an entry from a partition's lists if it is in one. Under the partition's lock.</summary>
    private void Forget(byte* entry, int partition)
    {
        ulong generation = _entries.Generation(entry, partition);
        if (generation is LruEntries.Untracked or LruEntries.Deleted)
        {
            return;
        }

        LruLink.Remove(LruEntries.Link(entry, partition));
        if (generation == _partitions[partition].Generation)
        {
            _partitions[partition].HotCount--;
        }
    }

    /// <summary>Records a use of an entry that is in none of the partition's lists. Under the partition's lock.</summary>
    private void AddHot(KeThread current, byte* entry, int number)
    {
        LruPartition* partition = _partitions + number;
        Volatile.Write(ref _entries.LastUsed(entry, number), current.Machine.Clock.InterruptTime);
        Volatile.Write(ref _entries.Generation(entry, number), partition->Generation);
        LruLink.Append(&partition->Hot, LruEntries.Link(entry, number));
        if (++partition->HotCount > _hotLimit)
        {
            BeginGeneration(partition);
        }
    }

    /// <summary>Turns the hot entries cold. Under the partition's lock.</summary>
    private static void BeginGeneration(LruPartition* partition)
    {
        LruLink.MoveAll(&partition->Hot, &partition->Cold);
        partition->HotCount = 0;
        Volatile.Write(ref partition->Generation, partition->Generation + 1);
    }

    private int PartitionOf(KeThread current) => current.ProcessorNumber % _partitionCount;
}
