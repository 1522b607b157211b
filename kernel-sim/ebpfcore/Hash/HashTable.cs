using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// A concurrent hash table in pool: <c>libs/runtime/ebpf_hash_table.c</c>. Readers take no locks and must be in an epoch; writers lock one
/// bucket, at DISPATCH_LEVEL. The number of buckets is fixed; the number of entries is limited only by a <see cref="HashWatcher"/>.
/// </summary>
/// <remarks>
/// <para>
/// A bucket is one block of entries (<see cref="HashBucket"/>). An update exchanges the entry's value block for a new one. A delete sets
/// the entry's value to null and keeps the entry, so it never needs memory. An insert publishes a new bucket block, without the deleted
/// entries and with the new one in key order, or revives a deleted entry of the same key. What is replaced is retired through
/// the epochs.
/// </para>
/// <para>
/// Order of iteration: bucket by bucket, and by key within a bucket. Both follow from the key alone, so a walk finds its position after a key
/// that has been deleted: it neither skips nor repeats an element that stays.
/// </para>
/// </remarks>
internal abstract unsafe class HashTable
{
    private const uint DefaultBuckets = 64;

    // Number of empty buckets that a walk passes in less time than it takes to remember them.
    private const uint WorthRemembering = 16;

    private readonly HashHead* _heads;
    private WalkStart _start;
    private bool _hasPooledBuckets;

    private protected HashTable(
        KeThread current, EpochManager epochs, HashHead* heads, uint buckets, nuint keySize, nuint valueBytes, HashWatcher? watcher)
    {
        Epochs = epochs;
        Watcher = watcher;
        _heads = heads;
        Empty = (HashBucket*)(heads + buckets);
        NativeMemory.Clear(Empty, HashBucket.EmptySize);
        for (uint i = 0; i < buckets; i++)
        {
            heads[i] = new HashHead(Empty);
        }

        Mask = buckets - 1;
        KeySize = keySize;
        ValueBytes = valueBytes;
        Seed = current.Machine.Random.NextUInt32();
        Values = new BlockSource(current, epochs, Alignment.Up8((ulong)valueBytes) + Alignment.Up8((ulong)(watcher?.SupplementalBytes ?? 0)));
        Buckets = new BucketSources(current, epochs, keySize);
    }

    /// <summary>Key size in bytes.</summary>
    public nuint KeySize { get; }

    /// <summary>Size of a value in bytes, with all its slots.</summary>
    public nuint ValueBytes { get; }

    /// <summary>Size in bytes of an element in a batch: its key, then its value with all slots.</summary>
    public nuint RecordBytes => KeySize + ValueBytes;

    /// <summary>Number of buckets, a power of two.</summary>
    public uint BucketCount => Mask + 1;

    /// <summary>Offset from the start of a value block to its supplemental part, which a <see cref="HashWatcher"/> requested.</summary>
    public nuint SupplementalOffset => Alignment.Up8(ValueBytes);

    private protected EpochManager Epochs { get; }

    /// <summary>The watcher of the entries; null in a table without one.</summary>
    private protected HashWatcher? Watcher { get; }

    private protected HashHead* Heads => _heads;

    /// <summary>The block shared by all empty buckets; it follows the heads in memory.</summary>
    private protected HashBucket* Empty { get; }

    private protected uint Mask { get; }

    private protected uint Seed { get; }

    /// <summary>The head of the first bucket that may hold an element; <see cref="HeadsEnd"/> if none does.</summary>
    internal HashHead* FirstHead => _heads + _start.Place;

    /// <summary>The end of the heads.</summary>
    internal HashHead* HeadsEnd => _heads + BucketCount;

    internal BlockSource Values { get; }

    private protected BucketSources Buckets { get; }

    /// <summary>Creates a table; null if pool refuses.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="epochs">Where replaced blocks are retired.</param>
    /// <param name="keySize">Key size in bytes, not 0.</param>
    /// <param name="valueBytes">Value size in bytes, not 0.</param>
    /// <param name="minimumBuckets">Minimum number of buckets, rounded up to a power of two; 0 means 64.</param>
    /// <param name="watcher">Is notified when entries come and go and may set a limit; null for none, which costs nothing.</param>
    public static HashTable? Create(
        KeThread current, EpochManager epochs, nuint keySize, nuint valueBytes, uint minimumBuckets, HashWatcher? watcher = null) =>
        (keySize, watcher) switch
        {
            (4, null) => Create<Key4, Unwatched>(current, epochs, keySize, valueBytes, minimumBuckets, null),
            (8, null) => Create<Key8, Unwatched>(current, epochs, keySize, valueBytes, minimumBuckets, null),
            (_, null) => Create<KeyBytes, Unwatched>(current, epochs, keySize, valueBytes, minimumBuckets, null),
            (4, _) => Create<Key4, Watched>(current, epochs, keySize, valueBytes, minimumBuckets, watcher),
            (8, _) => Create<Key8, Watched>(current, epochs, keySize, valueBytes, minimumBuckets, watcher),
            _ => Create<KeyBytes, Watched>(current, epochs, keySize, valueBytes, minimumBuckets, watcher),
        };

    /// <summary>Creates a table whose keys are prefixes: see <see cref="KeyPrefix"/>. Null if pool refuses.</summary>
    public static HashTable? CreateOfPrefixes(
        KeThread current, EpochManager epochs, nuint keySize, nuint valueBytes, uint minimumBuckets, HashWatcher? watcher) =>
        watcher is null
            ? Create<KeyPrefix, Unwatched>(current, epochs, keySize, valueBytes, minimumBuckets, null)
            : Create<KeyPrefix, Watched>(current, epochs, keySize, valueBytes, minimumBuckets, watcher);

    /// <summary>Finds the value of a key; null if the key is absent. Call it in an epoch; the value is valid until it ends.</summary>
    public abstract byte* Find(byte* key);

    /// <summary>Inserts an element or replaces its value.</summary>
    /// <param name="writer">The permission to write.</param>
    /// <param name="key">Address of the key.</param>
    /// <param name="value">Address of the value; null stands for zeros.</param>
    /// <param name="option">Whether the key may, must not or must exist; decided under the bucket's lock.</param>
    /// <param name="stored">The new value block, on success.</param>
    /// <returns>
    /// Success; <see cref="EbpfResult.ObjectAlreadyExists"/> for <see cref="EbpfMapOption.NoExist"/> and an existing key;
    /// <see cref="EbpfResult.KeyNotFound"/> for <see cref="EbpfMapOption.Exist"/> and a missing one; <see cref="EbpfResult.NoMemory"/>;
    /// <see cref="EbpfResult.OutOfSpace"/> for a new key when the watcher's limit is reached.
    /// </returns>
    public abstract EbpfResult Update(in StoreWriter writer, byte* key, byte* value, EbpfMapOption option, out byte* stored);

    /// <summary>Deletes an element. Never needs memory.</summary>
    /// <param name="writer">The permission to write.</param>
    /// <param name="key">Address of the key.</param>
    /// <param name="removed">The deleted value: retired, so readable until the caller's epoch ends.</param>
    /// <returns>Success or <see cref="EbpfResult.KeyNotFound"/>.</returns>
    public abstract EbpfResult Delete(in StoreWriter writer, byte* key, out byte* removed);

    /// <summary>Finds the element after another: <c>ebpf_hash_table_next_key_pointer_and_value</c>. Call it in an epoch.</summary>
    /// <param name="position">The position to continue from.</param>
    /// <param name="key">The next key.</param>
    /// <param name="value">The value of that key.</param>
    /// <returns>
    /// Success; <see cref="EbpfResult.KeyNotFound"/> if the position's key is absent but is required; <see cref="EbpfResult.NoMoreKeys"/>.
    /// </returns>
    public abstract EbpfResult Next(WalkPosition position, out byte* key, out byte* value);

    /// <summary>Updates from records of key and value, in order, up to the first that fails.</summary>
    /// <param name="current">The calling thread, in an epoch.</param>
    /// <param name="records">Records back to back.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="option">Applies to each key.</param>
    /// <param name="done">Number of elements that succeeded.</param>
    public abstract EbpfResult UpdateMany(KeThread current, byte* records, uint count, EbpfMapOption option, out uint done);

    /// <summary>Deletes keys, in order, up to the first that fails.</summary>
    public abstract EbpfResult DeleteMany(KeThread current, byte* keys, uint count, out uint done);

    /// <summary>
    /// Copies elements out as records of key and value while they fit: <c>ebpf_map_get_next_key_and_value_batch</c> for a hash table.
    /// An element that stays in the table throughout is delivered exactly once, whatever happens to the others.
    /// </summary>
    /// <param name="current">The calling thread, in an epoch.</param>
    /// <param name="position">The position to continue from. Its key is outside the output.</param>
    /// <param name="output">Receives the records.</param>
    /// <param name="room">Size of the output in bytes.</param>
    /// <param name="delete">
    /// Removes each element from the table and delivers it only if no other thread removed it meanwhile. The position's key is deleted too,
    /// once there is an element after it.
    /// </param>
    /// <param name="written">Size in bytes of the whole records written, whatever the result.</param>
    public abstract EbpfResult ReadMany(
        KeThread current, WalkPosition position, byte* output, uint room, bool delete, out uint written);

    /// <summary>Deletes a key and copies the value that it had.</summary>
    /// <param name="current">The calling thread, in an epoch.</param>
    /// <param name="key">The key to delete.</param>
    /// <param name="destination">Receives a copy of the value.</param>
    /// <param name="value">The removed value, unchanged if there was none; readable until the caller's epoch ends.</param>
    /// <returns>Success or <see cref="EbpfResult.KeyNotFound"/>.</returns>
    public EbpfResult Take(KeThread current, byte* key, byte* destination, ref byte* value)
    {
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        EbpfResult result = Delete(Epochs.BeginWrite(current), key, out byte* removed);
        if (result == EbpfResult.Success)
        {
            BlockCopy.Copy(destination, removed, ValueBytes);
            value = removed;
        }

        return result;
    }

    /// <summary>
    /// Remembers that a walk from the start found no element before a bucket, or removed those that it found. In the epoch of that walk.
    /// </summary>
    internal void OnPassed(HashHead* head)
    {
        uint place = (uint)(head - _heads);
        if (place < (ulong)_start.Place + WorthRemembering || !_start.TryClaim(place, out uint at))
        {
            return;
        }

        while (at < place && _heads[at].QuietBucket is var bucket && bucket != null && HashBucket.CountLive(bucket, KeySize) == 0)
        {
            at++;
        }

        _start.Settle(at);
    }

    /// <summary>Frees all memory. Nothing of the table may be waiting in an epoch, and no thread may be using it.</summary>
    public void Dispose(KeThread current)
    {
        if (_hasPooledBuckets || !Values.OwnsBlocks)
        {
            for (ulong i = 0; i < BucketCount; i++)
            {
                DisposeBucket(current, _heads[i].Bucket);
            }
        }

        Buckets.Dispose(current);
        Values.Dispose(current);
        current.Machine.Pool.Free((byte*)_heads, CorePoolTags.Map);
    }

    /// <summary>An element is about to be published in a bucket that may have had none. Under the bucket's lock.</summary>
    private protected void Include(HashHead* head) => _start.Include((uint)(head - _heads));

    /// <summary>Allocates a bucket block; null if pool refuses.</summary>
    private protected HashBucket* AllocateBucket(KeThread current, int entries)
    {
        HashBucket* bucket = Buckets.Allocate(current, entries);
        if (bucket != null && !_hasPooledBuckets && Buckets.IsPooled(bucket))
        {
            _hasPooledBuckets = true;
        }

        return bucket;
    }

    private static KeyedHashTable<TKey, TWatch>? Create<TKey, TWatch>(
        KeThread current, EpochManager epochs, nuint keySize, nuint valueBytes, uint minimumBuckets, HashWatcher? watcher)
        where TKey : struct, IKeyShape
        where TWatch : struct, IWatch
    {
        ulong buckets = System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(minimumBuckets == 0 ? DefaultBuckets : minimumBuckets));
        if (buckets > 1UL << 31)
        {
            return null;
        }

        ulong bytes = (buckets * (ulong)sizeof(HashHead)) + HashBucket.EmptySize;
        var heads = (HashHead*)current.Machine.Pool.Allocate(HostSize.Of(bytes), CorePoolTags.Map, zero: false);
        return heads == null
            ? null
            : new KeyedHashTable<TKey, TWatch>(current, epochs, heads, (uint)buckets, keySize, valueBytes, watcher);
    }

    private void DisposeBucket(KeThread current, HashBucket* bucket)
    {
        if (bucket == Empty)
        {
            return;
        }

        for (int place = 0; place < bucket->Count && !Values.OwnsBlocks; place++)
        {
            byte* value = HashBucket.Value(bucket, place, KeySize);
            if (value != null)
            {
                Values.Free(current, value);
            }
        }

        if (Buckets.IsPooled(bucket))
        {
            Buckets.Free(current, bucket);
        }
    }
}
