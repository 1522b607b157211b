using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Memory;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Hash;

/// <summary>Copies elements of a table out as records of key and value: the inner loop of batch lookups.</summary>
/// <remarks>
/// <para>
/// It works in chunks. Each starts at the position of the previous key, first gathers the addresses of the next elements, and only then
/// copies them; the epoch keeps what was gathered. Upstream looks up the previous key for each element, and fails the whole message with
/// EBPF_KEY_NOT_FOUND if another thread has deleted it; here only the key that the caller passed must exist.
/// </para>
/// <para>
/// Gathering avoids branches that depend on the number of elements in a bucket, because no processor can predict it: mispredictions
/// would cost more than all the rest.
/// </para>
/// </remarks>
/// <typeparam name="TKey">How keys are hashed, compared and copied.</typeparam>
/// <typeparam name="TWatch">Whether a watcher tracks the entries.</typeparam>
[SkipLocalsInit]
internal static unsafe class HashReader<TKey, TWatch>
    where TKey : struct, IKeyShape
    where TWatch : struct, IWatch
{
    /// <summary>Maximum number of elements in a chunk.</summary>
    public const uint Chunk = 64;

    // Number of buckets ahead whose block is prefetched. Values are prefetched when they are gathered.
    private const int BlocksAhead = 16;

    /// <summary>Room for gathering a chunk, in addresses: one bucket may add two elements beyond the last wanted one without a check.</summary>
    public const uint Gathered = Chunk + 2;

    /// <summary>Copies the elements after a position, as records; otherwise like <see cref="GatherChunk"/>.</summary>
    public static EbpfResult ReadChunk(KeyedHashTable<TKey, TWatch> table, WalkPosition position, byte* output, uint wanted, out uint count)
    {
        byte** keys = stackalloc byte*[(int)Gathered];
        byte** values = stackalloc byte*[(int)Gathered];
        EbpfResult result = GatherChunk(table, position, wanted, keys, values, out count);
        Copy(table, output, count, keys, values);
        return result;
    }

    /// <summary>Finds the elements after a position.</summary>
    /// <param name="table">The table to read from.</param>
    /// <param name="position">The position to continue from.</param>
    /// <param name="wanted">Number of elements to find, at most <see cref="Chunk"/>.</param>
    /// <param name="keys">Receives the addresses of their keys: room for <see cref="Gathered"/>.</param>
    /// <param name="values">Receives the addresses of their values: room for <see cref="Gathered"/>.</param>
    /// <param name="count">Number of elements found.</param>
    /// <returns>
    /// Success; <see cref="EbpfResult.NoMoreKeys"/> if the table ended, even if some were found; <see cref="EbpfResult.KeyNotFound"/>
    /// if the position's key is absent but is required.
    /// </returns>
    public static EbpfResult GatherChunk(
        KeyedHashTable<TKey, TWatch> table, WalkPosition position, uint wanted, byte** keys, byte** values, out uint count)
    {
        count = 0;
        HashHead* head = table.FirstHead - 1;
        if (!position.IsStart)
        {
            head = table.HeadAt(table.IndexOf(position.Key));
            HashBucket* bucket = head->Bucket;
            if (!table.TryPlaceAfter(bucket, position, out int place))
            {
                return EbpfResult.KeyNotFound;
            }

            count = GatherRest(table, bucket, place, 0, wanted, keys, values);
        }

        return Gather(table, head, wanted, ref count, keys, values);
    }

    /// <summary>Gathers from whole buckets, starting after <paramref name="head"/>.</summary>
    private static EbpfResult Gather(
        KeyedHashTable<TKey, TWatch> table, HashHead* head, uint wanted, ref uint count, byte** keys, byte** values)
    {
        nuint keySize = table.KeyBytes;
        HashHead* last = table.HeadAt(table.BucketCount - 1);
        uint found = count;
        while (found < wanted)
        {
            if (head == last)
            {
                count = found;
                return EbpfResult.NoMoreKeys;
            }

            head++;
            Prefetch.Line((head + BlocksAhead < last ? head + BlocksAhead : last)->Bucket);
            HashBucket* bucket = head->Bucket;
            int size = bucket->Count;
            if (size > 2)
            {
                found = GatherRest(table, bucket, 0, found, wanted, keys, values);
                continue;
            }

            // The first entry (of an empty bucket: one whose value is null), then the second, or the first again without counting it.
            byte* key = HashBucket.Key(bucket, 0, keySize);
            ulong* slots = HashBucket.ValueSlots(bucket, keySize);
            found += Note(key, slots, 1, keys + found, values + found);
            uint second = size > 1 ? 1u : 0u;
            found += Note(key + (second * keySize), slots + second, second, keys + found, values + found);
        }

        // A second element that is not wanted any more is not counted.
        count = Math.Min(found, wanted);
        return EbpfResult.Success;
    }

    /// <summary>Records an entry and prefetches its value. Returns 1 if it counts, 0 if it is deleted or <paramref name="counts"/> is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Note(byte* key, ulong* slot, uint counts, byte** keys, byte** values)
    {
        byte* value = (byte*)Volatile.Read(ref *slot);
        uint live = value != null ? 1u : 0u;

        // Address 0 is not prefetched: the lookup of its page would take as long as a cache miss.
        Prefetch.Line((void*)((nint)value | ((nint)key & ((nint)live - 1))));
        *keys = key;
        *values = value;
        return live & counts;
    }

    /// <summary>Gathers from one bucket, starting at an entry. Returns the number gathered so far.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint GatherRest(
        KeyedHashTable<TKey, TWatch> table, HashBucket* bucket, int place, uint found, uint wanted, byte** keys, byte** values)
    {
        for (; place < bucket->Count && found < wanted; place++)
        {
            byte* value = HashBucket.Value(bucket, place, table.KeyBytes);
            if (value != null)
            {
                Prefetch.Line(value);
                keys[found] = HashBucket.Key(bucket, place, table.KeyBytes);
                values[found++] = value;
            }
        }

        return found;
    }

    private static void Copy(KeyedHashTable<TKey, TWatch> table, byte* output, uint count, byte** keys, byte** values)
    {
        nuint keySize = table.KeyBytes;
        nuint valueBytes = table.ValueBytes;
        for (uint i = 0; i < count; i++)
        {
            TKey.Copy(output, keys[i], keySize);
            BlockCopy.Copy(output + keySize, values[i], valueBytes);
            output += keySize + valueBytes;
        }
    }
}
