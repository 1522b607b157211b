using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Hash;

/// <summary>The table for one shape of keys, watched or not.</summary>
/// <typeparam name="TKey">How keys are hashed, compared and copied.</typeparam>
/// <typeparam name="TWatch">Whether a watcher tracks the entries.</typeparam>
internal sealed unsafe class KeyedHashTable<TKey, TWatch> : HashTable
    where TKey : struct, IKeyShape
    where TWatch : struct, IWatch
{
    private const int NotFound = -1;

    public KeyedHashTable(
        KeThread current, EpochManager epochs, HashHead* heads, uint buckets, nuint keySize, nuint valueBytes, HashWatcher? watcher)
        : base(current, epochs, heads, buckets, keySize, valueBytes, watcher)
    {
    }

    /// <summary><see cref="HashTable.KeySize"/>, as a constant where the shape of keys has one.</summary>
    internal nuint KeyBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TKey.SizeOf(KeySize);
    }

    /// <inheritdoc/>
    public override byte* Find(byte* key)
    {
        HashBucket* bucket = HeadOf(key)->Bucket;
        int place = PlaceOf(bucket, key);
        return place == NotFound ? null : HashBucket.Value(bucket, place, KeyBytes);
    }

    /// <inheritdoc/>
    public override EbpfResult Update(in StoreWriter writer, byte* key, byte* value, EbpfMapOption option, out byte* stored) =>
        UpdateAt(writer, HeadOf(key), key, value, option, out stored);

    /// <inheritdoc/>
    public override EbpfResult Delete(in StoreWriter writer, byte* key, out byte* removed)
    {
        removed = RemoveAt(writer, HeadOf(key), key);
        if (removed == null)
        {
            return EbpfResult.KeyNotFound;
        }

        Values.Retire(writer, removed);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    public override EbpfResult Next(WalkPosition position, out byte* key, out byte* value)
    {
        key = value = null;
        HashHead* head = FirstHead;
        int place = 0;
        if (!position.IsStart)
        {
            head = HeadOf(position.Key);
            if (!TryPlaceAfter(head->Bucket, position, out place))
            {
                return EbpfResult.KeyNotFound;
            }
        }

        HashHead* end = HeadsEnd;
        for (; head != end && value == null; head++, place = 0)
        {
            HashBucket* bucket = head->Bucket;
            for (; place < bucket->Count && value == null; place++)
            {
                value = HashBucket.Value(bucket, place, KeyBytes);
                key = HashBucket.Key(bucket, place, KeyBytes);
            }
        }

        if (position.IsStart)
        {
            OnPassed(value == null ? end : head - 1);
        }

        key = value == null ? null : key;
        return value == null ? EbpfResult.NoMoreKeys : EbpfResult.Success;
    }

    /// <inheritdoc/>
    public override EbpfResult UpdateMany(KeThread current, byte* records, uint count, EbpfMapOption option, out uint done) =>
        HashBatch<TKey, TWatch>.Update(this, Epochs, current, records, count, option, out done);

    /// <inheritdoc/>
    public override EbpfResult DeleteMany(KeThread current, byte* keys, uint count, out uint done) =>
        HashBatch<TKey, TWatch>.Delete(this, Epochs, current, keys, KeySize, count, out done);

    /// <inheritdoc/>
    public override EbpfResult ReadMany(
        KeThread current, WalkPosition position, byte* output, uint room, bool delete, out uint written) =>
        delete
            ? HashBatch<TKey, TWatch>.ReadAndDelete(this, Epochs, current, position, output, room, out written)
            : HashBatch<TKey, TWatch>.Read(this, position, output, room, out written);

    /// <summary>The head of a bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal HashHead* HeadAt(uint index) => Heads + index;

    /// <summary>The index of the bucket that a key belongs to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint IndexOf(byte* key) => TKey.Hash(key, KeySize, Seed) & Mask;

    /// <summary>A key's place in a bucket; -1 if it is not there. Its value may be null by now: deleted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int PlaceOf(HashBucket* bucket, byte* key)
    {
        int count = bucket->Count;
        int place = 0;
        if (TKey.IsWord && count > 0)
        {
            // No processor can predict whether a key is the first or the second of its bucket: compare both, or the first one twice.
            int second = count > 1 ? 1 : 0;
            int isFirst = TKey.AreEqual(HashBucket.Key(bucket, 0, KeyBytes), key, KeySize) ? 1 : 0;
            int isSecond = TKey.AreEqual(HashBucket.Key(bucket, second, KeyBytes), key, KeySize) ? 1 : 0;
            if ((isFirst | isSecond) != 0)
            {
                return second & (isFirst - 1);
            }

            place = 2;
        }

        for (; place < count; place++)
        {
            if (TKey.AreEqual(HashBucket.Key(bucket, place, KeyBytes), key, KeySize))
            {
                return place;
            }
        }

        return NotFound;
    }

    /// <summary>The index in a bucket of the first entry after a position whose key belongs to that bucket.</summary>
    /// <returns>False if the key is absent but is required.</returns>
    internal bool TryPlaceAfter(HashBucket* bucket, WalkPosition position, out int place)
    {
        byte* key = position.Key;
        place = PlaceOf(bucket, key) + 1;
        if (place != NotFound + 1)
        {
            return position.KeyMayBeGone || HashBucket.Value(bucket, place - 1, KeyBytes) != null;
        }

        if (!position.KeyMayBeGone)
        {
            return false;
        }

        while (place < bucket->Count && TKey.IsBefore(HashBucket.Key(bucket, place, KeyBytes), key, KeySize))
        {
            place++;
        }

        return true;
    }

    /// <summary><see cref="Update"/>, in a bucket that is known.</summary>
    internal EbpfResult UpdateAt(in StoreWriter writer, HashHead* head, byte* key, byte* value, EbpfMapOption option, out byte* stored)
    {
        // Nothing under the lock throws except a bugcheck, which stops the machine with all its locks: so there is no try block in the hot path.
        HashBucket* bucket = head->Lock(writer.Current);
        EbpfResult result = UpdateLocked(writer, head, bucket, PlaceOf(bucket, key), key, value, option, null, out stored);
        head->Unlock(writer.Current);
        return result;
    }

    /// <summary>
    /// <see cref="UpdateAt"/>, in a table that is not watched, with a block for the value. The caller retires the replaced value, and keeps
    /// the block if nothing was stored.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal EbpfResult UpdateWith(
        in StoreWriter writer, HashHead* head, byte* key, byte* value, EbpfMapOption option, byte* block, out byte* stored, out byte* replaced)
    {
        HashBucket* bucket = head->Lock(writer.Current);
        int place = PlaceOf(bucket, key);
        byte* old = place == NotFound ? null : HashBucket.Value(bucket, place, KeyBytes);
        EbpfResult result = EbpfResult.Success;
        if (old != null && option != EbpfMapOption.NoExist)
        {
            BlockCopy.Copy(block, value, ValueBytes);
            Volatile.Write(ref HashBucket.ValueSlots(bucket, KeyBytes)[place], (ulong)block);
            stored = block;
            replaced = old;
        }
        else
        {
            result = UpdateLocked(writer, head, bucket, place, key, value, option, block, out stored);
            replaced = null;
        }

        head->Unlock(writer.Current);
        return result;
    }

    /// <summary>Updates under the bucket's lock; <paramref name="block"/> is null or a block to store the value in.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private EbpfResult UpdateLocked(
        in StoreWriter writer, HashHead* head, HashBucket* bucket, int place, byte* key, byte* value, EbpfMapOption option, byte* block,
        out byte* stored)
    {
        byte* old = place == NotFound ? null : HashBucket.Value(bucket, place, KeyBytes);
        EbpfResult result = EbpfResult.Success;
        stored = null;
        if (old == null && (place == NotFound || !TKey.IsExact))
        {
            result = option == EbpfMapOption.Exist ? EbpfResult.KeyNotFound : Insert(writer, head, key, value, block, out stored);
        }
        else if (option != EbpfMapOption.Any && (old == null) == (option == EbpfMapOption.Exist))
        {
            result = old == null ? EbpfResult.KeyNotFound : EbpfResult.ObjectAlreadyExists;
        }
        else if (TWatch.IsWatched && old == null && !Watcher!.TryCount())
        {
            result = EbpfResult.OutOfSpace;
        }
        else if ((stored = block != null ? block : Values.Allocate(writer.Current)) == null)
        {
            if (TWatch.IsWatched && old == null)
            {
                Watcher!.Uncount();
            }

            result = EbpfResult.NoMemory;
        }
        else
        {
            Fill(stored, value);
            if (TWatch.IsWatched)
            {
                Watcher!.OnPublishing(writer.Current, key, stored);
            }

            if (old == null)
            {
                Include(head);
            }

            Volatile.Write(ref HashBucket.ValueSlots(bucket, KeyBytes)[place], (ulong)stored);
            if (old != null)
            {
                if (TWatch.IsWatched)
                {
                    Watcher!.OnRemoved(writer.Current, old);
                }

                Values.Retire(writer, old);
            }
        }

        if (TWatch.IsWatched && result is not (EbpfResult.Success or EbpfResult.NoMemory))
        {
            Watcher!.OnRefused(writer.Current);
        }

        return result;
    }

    /// <summary>Removes an element from a bucket that is known, and leaves it to the caller to retire the value. Null if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* RemoveAt(in StoreWriter writer, HashHead* head, byte* key)
    {
        HashBucket* bucket = head->Lock(writer.Current);
        int place = PlaceOf(bucket, key);
        byte* removed = place == NotFound ? null : HashBucket.Value(bucket, place, KeyBytes);
        if (removed != null)
        {
            Volatile.Write(ref HashBucket.ValueSlots(bucket, KeyBytes)[place], 0);
            if (bucket->Count > BucketSources.Listed && HashBucket.CountLive(bucket, KeyBytes) == 0)
            {
                // A small block stays until the next insertion reuses the place; a large one would waste memory.
                head->Publish(writer.Current, Empty);
                Buckets.Retire(writer, bucket);
            }

            if (TWatch.IsWatched)
            {
                Watcher!.OnRemoved(writer.Current, removed);
                Watcher.Uncount();
            }
        }

        head->Unlock(writer.Current);
        return removed;
    }

    /// <summary>Publishes a bucket block with one more entry, in key order. Call it under the bucket's lock, for an absent key.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private EbpfResult Insert(in StoreWriter writer, HashHead* head, byte* key, byte* value, byte* block, out byte* stored)
    {
        KeThread current = writer.Current;
        HashBucket* old = head->Bucket;
        stored = null;
        if (TWatch.IsWatched && !Watcher!.TryCount())
        {
            return EbpfResult.OutOfSpace;
        }

        stored = block != null ? block : Values.Allocate(current);
        HashBucket* fresh = stored == null ? null : AllocateBucket(current, HashBucket.CountLive(old, KeyBytes) + 1);
        if (fresh == null)
        {
            if (stored != null && block == null)
            {
                Values.Free(current, stored);
            }

            stored = null;

            if (TWatch.IsWatched)
            {
                Watcher!.Uncount();
            }

            return EbpfResult.NoMemory;
        }

        Fill(stored, value);
        if (TWatch.IsWatched)
        {
            Watcher!.OnPublishing(current, key, stored);
        }

        // Entries are in key order, which a walk whose key has been deleted relies on. No processor can predict which of two keys comes
        // first, so the entries after the new one are shifted by arithmetic, not by a branch.
        int place = 0;
        int freshPlace = 0;
        ulong* slots = HashBucket.ValueSlots(fresh, KeyBytes);
        for (int i = 0; i < old->Count; i++)
        {
            byte* kept = HashBucket.Value(old, i, KeyBytes);
            if (kept != null)
            {
                byte* keptKey = HashBucket.Key(old, i, KeyBytes);
                int before = TKey.IsBefore(keptKey, key, KeySize) ? 1 : 0;
                Set(fresh, slots, place + 1 - before, keptKey, kept);
                freshPlace += before;
                place++;
            }
        }

        Set(fresh, slots, freshPlace, key, stored);
        Include(head);
        head->Publish(current, fresh);
        if (old != Empty)
        {
            Buckets.Retire(writer, old);
        }

        return EbpfResult.Success;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(HashBucket* bucket, ulong* slots, int place, byte* key, byte* value)
    {
        slots[place] = (ulong)value;
        TKey.Copy(HashBucket.Key(bucket, place, KeyBytes), key, KeySize);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fill(byte* block, byte* value)
    {
        if (value == null)
        {
            Unsafe.InitBlockUnaligned(block, 0, (uint)ValueBytes);
        }
        else
        {
            BlockCopy.Copy(block, value, ValueBytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal HashHead* HeadOf(byte* key) => Heads + IndexOf(key);
}

/// <summary>
/// Whether a table has a <see cref="HashWatcher"/>. A table is compiled for either case, so that one without a watcher does not pay for it.
/// </summary>
internal interface IWatch
{
    /// <summary>True if there is a watcher.</summary>
    static abstract bool IsWatched { get; }
}

/// <summary>A table with a <see cref="HashWatcher"/>.</summary>
internal readonly struct Watched : IWatch
{
    public static bool IsWatched => true;
}

/// <summary>A table without a <see cref="HashWatcher"/>.</summary>
internal readonly struct Unwatched : IWatch
{
    public static bool IsWatched => false;
}
