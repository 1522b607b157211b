using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// The loops over many elements of a table. An element costs dependent memory accesses (head, block, value); the loops look ahead in the
/// message and prefetch them.
/// </summary>
/// <typeparam name="TKey">How keys are hashed, compared and copied.</typeparam>
/// <typeparam name="TWatch">Whether the table has a watcher.</typeparam>
[SkipLocalsInit]
internal static unsafe class HashBatch<TKey, TWatch>
    where TKey : struct, IKeyShape
    where TWatch : struct, IWatch
{
    // Elements processed at DISPATCH_LEVEL at a stretch: some microseconds.
    private const uint Stretch = 256;

    // How many elements ahead the head of a bucket is prefetched, and how many ahead its block.
    private const uint HeadsAhead = 20;
    private const uint BlocksAhead = 10;

    /// <inheritdoc cref="HashTable.UpdateMany"/>
    public static EbpfResult Update(
        KeyedHashTable<TKey, TWatch> table, EpochManager epochs, KeThread current, byte* records, uint count, EbpfMapOption option, out uint done)
    {
        nuint record = table.RecordBytes;
        EbpfResult result = EbpfResult.Success;
        for (done = 0; done < count && result == EbpfResult.Success;)
        {
            using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
            uint stretch = Math.Min(Stretch, count - done);
            result = UpdateStretch(table, epochs.BeginWrite(current), records + (done * record), stretch, option, out uint updated);
            done += updated;
        }

        return result;
    }

    /// <inheritdoc cref="HashTable.DeleteMany"/>
    /// <param name="table">The table to delete from.</param>
    /// <param name="epochs">Where deleted blocks are retired.</param>
    /// <param name="current">The calling thread, in an epoch.</param>
    /// <param name="keys">Address of the first key.</param>
    /// <param name="stride">Distance from one key to the next, in bytes.</param>
    /// <param name="count">Number of keys.</param>
    /// <param name="done">Number of deleted elements.</param>
    public static EbpfResult Delete(
        KeyedHashTable<TKey, TWatch> table, EpochManager epochs, KeThread current, byte* keys, nuint stride, uint count, out uint done)
    {
        EbpfResult result = EbpfResult.Success;
        for (done = 0; done < count && result == EbpfResult.Success;)
        {
            using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
            uint stretch = Math.Min(Stretch, count - done);
            result = DeleteStretch(table, epochs.BeginWrite(current), keys + (done * stride), stride, stretch, out uint deleted);
            done += deleted;
        }

        return result;
    }

    /// <summary><see cref="HashTable.ReadMany"/> without deleting. Takes no lock and stays at the caller's level.</summary>
    public static EbpfResult Read(KeyedHashTable<TKey, TWatch> table, WalkPosition position, byte* output, uint room, out uint written)
    {
        nuint record = table.RecordBytes;
        uint left = (uint)(room / record);
        byte* at = output;
        EbpfResult result = EbpfResult.Success;
        while (left > 0 && result == EbpfResult.Success)
        {
            result = HashReader<TKey, TWatch>.ReadChunk(table, position, at, Math.Min(left, HashReader<TKey, TWatch>.Chunk), out uint count);
            if (position.IsStart)
            {
                table.OnPassed(count == 0 ? table.HeadsEnd : table.HeadOf(at));
            }

            at += count * record;
            left -= count;
            position = WalkPosition.Past(at - record);
        }

        written = (uint)(at - output);
        return result == EbpfResult.NoMoreKeys && written != 0 ? EbpfResult.Success : result;
    }

    /// <summary>
    /// <see cref="HashTable.ReadMany"/> with deleting. Each element is removed under its bucket's lock and copied after that:
    /// of several callers that read and delete in one table, exactly one gets it.
    /// </summary>
    public static EbpfResult ReadAndDelete(
        KeyedHashTable<TKey, TWatch> table, EpochManager epochs, KeThread current, WalkPosition position, byte* output, uint room, out uint written)
    {
        byte** keys = stackalloc byte*[(int)HashReader<TKey, TWatch>.Gathered];
        byte** values = stackalloc byte*[(int)HashReader<TKey, TWatch>.Gathered];
        nuint record = table.RecordBytes;
        uint left = (uint)(room / record);
        byte* at = output;
        byte* previous = position.Key;
        bool fromStart = position.IsStart;
        HashHead* passed = table.FirstHead;
        EbpfResult result = EbpfResult.Success;
        while (left > 0 && result == EbpfResult.Success)
        {
            uint wanted = Math.Min(left, HashReader<TKey, TWatch>.Chunk);
            result = HashReader<TKey, TWatch>.GatherChunk(table, position, wanted, keys, values, out uint count);
            if (count == 0)
            {
                passed = table.HeadsEnd;
                break;
            }

            using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
            StoreWriter writer = epochs.BeginWrite(current);
            if (previous != null)
            {
                table.Delete(writer, previous, out _);
                previous = null;
            }

            uint taken = TakeStretch(table, writer, keys, count, at);
            at += taken * record;
            left -= taken;
            passed = result == EbpfResult.NoMoreKeys ? table.HeadsEnd : table.HeadOf(keys[count - 1]);

            // The key is in a bucket's block, which the epoch keeps.
            position = WalkPosition.Past(keys[count - 1]);
        }

        if (fromStart)
        {
            table.OnPassed(passed);
        }

        written = (uint)(at - output);
        return result == EbpfResult.NoMoreKeys && written != 0 ? EbpfResult.Success : result;
    }

    /// <summary>Updates some elements at DISPATCH_LEVEL. A separate method without scopes, so that everything stays in registers.</summary>
    private static EbpfResult UpdateStretch(
        KeyedHashTable<TKey, TWatch> table, in StoreWriter writer, byte* records, uint count, EbpfMapOption option, out uint done)
    {
        nuint keySize = table.KeyBytes;
        nuint record = table.RecordBytes;
        HashHead** heads = stackalloc HashHead*[(int)(Stretch + HeadsAhead)];
        byte** blocks = stackalloc byte*[(int)Stretch];
        byte** replaced = stackalloc byte*[(int)Stretch];
        FetchHeads(table, records, record, heads, count);

        // Value blocks are allocated and retired many at a time, unless each is watched, traced or too large.
        uint spare = TWatch.IsWatched || writer.IsTraced ? 0 : table.Values.AllocateMany(writer.Current, blocks, count);
        uint retiring = 0;
        EbpfResult result = EbpfResult.Success;
        byte* key = records;
        for (done = 0; done < count; done++)
        {
            FetchAhead(table, key, record, heads, done, count);
            if (spare > 0)
            {
                result = table.UpdateWith(
                    writer, heads[done], key, key + keySize, option, blocks[spare - 1], out byte* stored, out byte* old);
                spare -= stored != null ? 1u : 0u;
                replaced[retiring] = old;
                retiring += old != null ? 1u : 0u;
            }
            else
            {
                result = table.UpdateAt(writer, heads[done], key, key + keySize, option, out _);
            }

            if (result != EbpfResult.Success)
            {
                break;
            }

            key += record;
        }

        table.Values.RetireMany(writer, replaced, retiring);
        while (spare > 0)
        {
            table.Values.Free(writer.Current, blocks[--spare]);
        }

        return result;
    }

    /// <summary>Deletes some elements at DISPATCH_LEVEL.</summary>
    private static EbpfResult DeleteStretch(
        KeyedHashTable<TKey, TWatch> table, in StoreWriter writer, byte* keys, nuint stride, uint count, out uint done)
    {
        HashHead** heads = stackalloc HashHead*[(int)(Stretch + HeadsAhead)];
        byte** removed = stackalloc byte*[(int)Stretch];
        FetchHeads(table, keys, stride, heads, count);
        byte* key = keys;
        for (done = 0; done < count; done++)
        {
            FetchAhead(table, key, stride, heads, done, count);
            removed[done] = table.RemoveAt(writer, heads[done], key);
            if (removed[done] == null)
            {
                break;
            }

            key += stride;
        }

        table.Values.RetireMany(writer, removed, done);
        return done == count ? EbpfResult.Success : EbpfResult.KeyNotFound;
    }

    /// <summary>Removes gathered entries at DISPATCH_LEVEL. Returns the number of records: not those that others removed meanwhile.</summary>
    private static uint TakeStretch(KeyedHashTable<TKey, TWatch> table, in StoreWriter writer, byte** keys, uint count, byte* output)
    {
        nuint keySize = table.KeyBytes;
        nuint valueBytes = table.ValueBytes;
        byte** removed = stackalloc byte*[(int)HashReader<TKey, TWatch>.Chunk];
        uint taken = 0;
        for (uint i = 0; i < count; i++)
        {
            byte* key = keys[i];
            byte* value = table.RemoveAt(writer, table.HeadOf(key), key);
            if (value != null)
            {
                TKey.Copy(output, key, keySize);
                BlockCopy.Copy(output + keySize, value, valueBytes);
                output += keySize + valueBytes;
                removed[taken++] = value;
            }
        }

        table.Values.RetireMany(writer, removed, taken);
        return taken;
    }

    /// <summary>Prefetches the first heads and blocks of a stretch.</summary>
    private static void FetchHeads(KeyedHashTable<TKey, TWatch> table, byte* keys, nuint stride, HashHead** heads, uint count)
    {
        for (uint i = 0; i < HeadsAhead && i < count; i++)
        {
            heads[i] = table.HeadAt(table.IndexOf(keys + (i * stride)));
            Prefetch.Line(heads[i]);
        }

        for (uint i = 0; i < BlocksAhead && i < count; i++)
        {
            Prefetch.Line(heads[i]->Bucket);
        }
    }

    /// <summary>Prefetches the head of a later element, and the block of a nearer one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchAhead(KeyedHashTable<TKey, TWatch> table, byte* key, nuint stride, HashHead** heads, uint i, uint count)
    {
        if (i + HeadsAhead < count)
        {
            HashHead* head = table.HeadAt(table.IndexOf(key + (HeadsAhead * stride)));
            heads[i + HeadsAhead] = head;
            Prefetch.Line(head);
        }

        if (i + BlocksAhead < count)
        {
            Prefetch.Line(heads[i + BlocksAhead]->Bucket);
        }
    }
}
