using System.Runtime.CompilerServices;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Hash;

/// <summary>Copies elements of a table out as records of key and value: the loop that batch lookups spend their time in.</summary>
/// <remarks>
/// <para>
/// It goes in chunks. Each starts by finding the previous key, which must still be there, and then first gathers where the next elements
/// are, and only then copies them. That every step of upstream's loop looks for the previous key makes no difference within a chunk:
/// gathering looks at each element when it is there, and what it found stays as it was, for the epoch keeps it.
/// </para>
/// <para>
/// Gathering is written without branches that depend on how many elements a bucket has, because no processor can guess that: wrong
/// guesses cost more than all the rest.
/// </para>
/// </remarks>
/// <typeparam name="TKey">The shape of keys.</typeparam>
/// <typeparam name="TWatch">Whether somebody watches the entries.</typeparam>
[SkipLocalsInit]
internal static unsafe class HashReader<TKey, TWatch>
    where TKey : struct, IKeyShape
    where TWatch : struct, IWatch
{
    /// <summary>Most elements of a chunk.</summary>
    public const uint Chunk = 64;

    // Buckets ahead of the one being looked at whose block is fetched. Values are fetched when they are gathered.
    private const int BlocksAhead = 16;

    /// <summary>Copies the elements after a key.</summary>
    /// <param name="table">The table.</param>
    /// <param name="previous">The key, or null to start at the beginning.</param>
    /// <param name="output">Where the records go.</param>
    /// <param name="wanted">How many, at most <see cref="Chunk"/>.</param>
    /// <param name="count">How many there were.</param>
    /// <returns>
    /// Success; <see cref="EbpfResult.NoMoreKeys"/> when the table ended, even if there were some; <see cref="EbpfResult.KeyNotFound"/>
    /// when the previous key is absent.
    /// </returns>
    public static EbpfResult ReadChunk(KeyedHashTable<TKey, TWatch> table, byte* previous, byte* output, uint wanted, out uint count)
    {
        // One bucket may add two elements beyond the last wanted without asking.
        byte** entries = stackalloc byte*[(int)Chunk + 2];
        byte** values = stackalloc byte*[(int)Chunk + 2];
        count = 0;
        HashHead* head = table.HeadAt(0) - 1;
        if (previous != null)
        {
            head = table.HeadAt(table.IndexOf(previous));
            HashBucket* bucket = head->Bucket;
            int place = table.PlaceOf(bucket, previous);
            if (place < 0 || HashBucket.Value(bucket, place, table.EntryStride) == null)
            {
                return EbpfResult.KeyNotFound;
            }

            count = GatherRest(table, bucket, place + 1, 0, wanted, entries, values);
        }

        EbpfResult result = Gather(table, head, wanted, ref count, entries, values);
        Copy(table, output, count, entries, values);
        return result;
    }

    /// <summary>Gathers from whole buckets, from the one after <paramref name="head"/> on.</summary>
    private static EbpfResult Gather(
        KeyedHashTable<TKey, TWatch> table, HashHead* head, uint wanted, ref uint count, byte** entries, byte** values)
    {
        nuint stride = table.EntryStride;
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
                found = GatherRest(table, bucket, 0, found, wanted, entries, values);
                continue;
            }

            // The first entry (of an empty bucket: one whose value is null), then the second, or the first again without counting it.
            byte* entry = (byte*)HashBucket.ValueSlot(bucket, 0, stride);
            found += Note(entry, 1, entries + found, values + found);
            uint second = size > 1 ? 1u : 0u;
            found += Note(entry + (second * stride), second, entries + found, values + found);
        }

        // A second element that is not wanted any more has not been looked for.
        count = Math.Min(found, wanted);
        return EbpfResult.Success;
    }

    /// <summary>Notes an entry and asks for its value. Gives 1 if it counts, 0 if it is deleted or <paramref name="counts"/> is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Note(byte* entry, uint counts, byte** entries, byte** values)
    {
        byte* value = (byte*)Volatile.Read(ref *(nint*)entry);
        uint live = value != null ? 1u : 0u;

        // The address 0 is not asked for: looking for its page would take as long as a cache miss.
        Prefetch.Line((void*)((nint)value | ((nint)entry & ((nint)live - 1))));
        *entries = entry;
        *values = value;
        return live & counts;
    }

    /// <summary>Gathers from one bucket, from a place on. Gives the number gathered so far.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint GatherRest(
        KeyedHashTable<TKey, TWatch> table, HashBucket* bucket, int place, uint found, uint wanted, byte** entries, byte** values)
    {
        for (; place < bucket->Count && found < wanted; place++)
        {
            byte* value = HashBucket.Value(bucket, place, table.EntryStride);
            if (value != null)
            {
                Prefetch.Line(value);
                entries[found] = (byte*)HashBucket.ValueSlot(bucket, place, table.EntryStride);
                values[found++] = value;
            }
        }

        return found;
    }

    private static void Copy(KeyedHashTable<TKey, TWatch> table, byte* output, uint count, byte** entries, byte** values)
    {
        nuint keySize = table.KeySize;
        nuint valueBytes = table.ValueBytes;
        for (uint i = 0; i < count; i++)
        {
            TKey.Copy(output, entries[i] + sizeof(byte*), keySize);
            BlockCopy.Copy(output + keySize, values[i], valueBytes);
            output += keySize + valueBytes;
        }
    }
}
