using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Epochs;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// The loops over many elements of a table. An element costs dependent memory accesses (head, block, value); the loops look ahead in the
/// message and ask for them before they are needed.
/// </summary>
/// <typeparam name="TKey">The shape of keys.</typeparam>
/// <typeparam name="TWatch">Whether somebody watches the entries.</typeparam>
[SkipLocalsInit]
internal static unsafe class HashBatch<TKey, TWatch>
    where TKey : struct, IKeyShape
    where TWatch : struct, IWatch
{
    // Elements at DISPATCH_LEVEL in one go: some microseconds.
    private const uint Stretch = 256;

    // How many elements ahead the head of a bucket is asked for, and how many ahead its block is.
    private const uint HeadsAhead = 20;
    private const uint BlocksAhead = 10;

    /// <inheritdoc cref="HashTable.UpdateMany"/>
    public static EbpfResult Update(
        KeyedHashTable<TKey, TWatch> table, EpochManager epochs, KeThread current, byte* records, uint count, EbpfMapOption option, out uint done)
    {
        nuint record = table.KeySize + table.ValueBytes;
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
    /// <param name="table">The table.</param>
    /// <param name="epochs">Where what is deleted waits.</param>
    /// <param name="current">The thread, in an epoch.</param>
    /// <param name="keys">The first key.</param>
    /// <param name="stride">Bytes from one key to the next.</param>
    /// <param name="count">How many.</param>
    /// <param name="done">How many succeeded.</param>
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
    public static EbpfResult Read(KeyedHashTable<TKey, TWatch> table, byte* previous, byte* output, uint room, out uint written)
    {
        nuint record = table.KeySize + table.ValueBytes;
        uint left = (uint)(room / record);
        byte* at = output;
        EbpfResult result = EbpfResult.Success;
        while (left > 0 && result == EbpfResult.Success)
        {
            result = HashReader<TKey, TWatch>.ReadChunk(table, previous, at, Math.Min(left, HashReader<TKey, TWatch>.Chunk), out uint count);
            at += count * record;
            left -= count;
            previous = at - record;
        }

        written = (uint)(at - output);
        return result == EbpfResult.NoMoreKeys && written != 0 ? EbpfResult.Success : result;
    }

    /// <summary>
    /// <see cref="HashTable.ReadMany"/> with deleting. An element is deleted once its successor has been read, the last one at the end. What
    /// ends it early is that the element before is gone already: there is nothing left to delete then.
    /// </summary>
    public static EbpfResult ReadAndDelete(
        KeyedHashTable<TKey, TWatch> table, EpochManager epochs, KeThread current, byte* previous, byte* output, uint room, out uint written)
    {
        nuint record = table.KeySize + table.ValueBytes;
        uint left = (uint)(room / record);
        byte* at = output;
        EbpfResult result = EbpfResult.Success;
        while (left > 0 && result == EbpfResult.Success)
        {
            result = HashReader<TKey, TWatch>.ReadChunk(table, previous, at, Math.Min(left, HashReader<TKey, TWatch>.Chunk), out uint count);
            if (count > 0)
            {
                EbpfResult deleted = previous == null ? EbpfResult.Success : DeleteOne(table, epochs, current, previous);
                if (deleted == EbpfResult.Success)
                {
                    deleted = Delete(table, epochs, current, at, record, count - 1, out _);
                }

                result = deleted == EbpfResult.Success ? result : deleted;
                at += count * record;
                left -= count;
                previous = at - record;
            }
        }

        written = (uint)(at - output);
        if (result is not (EbpfResult.Success or EbpfResult.NoMoreKeys))
        {
            return result;
        }

        return written == 0 ? result : DeleteOne(table, epochs, current, previous);
    }

    /// <summary>Updates some elements at DISPATCH_LEVEL. A method of its own, without scopes, so that everything stays in registers.</summary>
    private static EbpfResult UpdateStretch(
        KeyedHashTable<TKey, TWatch> table, in StoreWriter writer, byte* records, uint count, EbpfMapOption option, out uint done)
    {
        nuint keySize = table.KeySize;
        nuint record = keySize + table.ValueBytes;
        HashHead** heads = stackalloc HashHead*[(int)(Stretch + HeadsAhead)];
        FetchHeads(table, records, record, heads, count);
        byte* key = records;
        for (uint i = 0; i < count; i++)
        {
            FetchAhead(table, key, record, heads, i, count);
            EbpfResult result = table.UpdateAt(writer, heads[i], key, key + keySize, option, out _);
            if (result != EbpfResult.Success)
            {
                done = i;
                return result;
            }

            key += record;
        }

        done = count;
        return EbpfResult.Success;
    }

    /// <summary>Deletes some elements at DISPATCH_LEVEL.</summary>
    private static EbpfResult DeleteStretch(
        KeyedHashTable<TKey, TWatch> table, in StoreWriter writer, byte* keys, nuint stride, uint count, out uint done)
    {
        HashHead** heads = stackalloc HashHead*[(int)(Stretch + HeadsAhead)];
        FetchHeads(table, keys, stride, heads, count);
        byte* key = keys;
        for (uint i = 0; i < count; i++)
        {
            FetchAhead(table, key, stride, heads, i, count);
            EbpfResult result = table.DeleteAt(writer, heads[i], key, out _);
            if (result != EbpfResult.Success)
            {
                done = i;
                return result;
            }

            key += stride;
        }

        done = count;
        return EbpfResult.Success;
    }

    /// <summary>Asks for the first heads and blocks of a stretch.</summary>
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

    /// <summary>Asks for the head of an element to come, and the block of a nearer one.</summary>
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

    private static EbpfResult DeleteOne(KeyedHashTable<TKey, TWatch> table, EpochManager epochs, KeThread current, byte* key)
    {
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        return table.Delete(epochs.BeginWrite(current), key, out _);
    }
}
