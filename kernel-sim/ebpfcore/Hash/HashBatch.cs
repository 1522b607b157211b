using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Epochs;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// The loops over many elements of a table. An element costs three dependent memory accesses (head, block, value); the loops look ahead
/// in the message and ask for them before they are needed.
/// </summary>
/// <typeparam name="TKey">The shape of keys.</typeparam>
internal static unsafe class HashBatch<TKey>
    where TKey : struct, IKeyShape
{
    // Elements at DISPATCH_LEVEL in one go: some microseconds.
    private const uint Stretch = 256;

    // How many elements ahead the bucket number is computed and its head asked for, and how many ahead its block is. Ring is a power
    // of two above the first.
    private const uint HeadsAhead = 24;
    private const uint BlocksAhead = 10;
    private const uint Ring = 32;

    /// <inheritdoc cref="HashTable.UpdateMany"/>
    public static EbpfResult Update(
        KeyedHashTable<TKey> table, EpochManager epochs, KeThread current, byte* records, uint count, EbpfMapOption option, out uint done)
    {
        nuint keySize = table.KeySize;
        nuint record = keySize + table.ValueBytes;
        uint* indexes = stackalloc uint[(int)Ring];
        LookAhead ahead = new(table, records, record, count, indexes);
        for (done = 0; done < count;)
        {
            using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
            StoreWriter writer = epochs.BeginWrite(current);
            uint end = Math.Min(done + Stretch, count);
            for (; done < end; done++)
            {
                HashHead* head = ahead.HeadOf(done);
                byte* key = records + (done * record);
                EbpfResult result = table.UpdateAt(writer, head, key, key + keySize, option, out _);
                if (result != EbpfResult.Success)
                {
                    return result;
                }
            }
        }

        return EbpfResult.Success;
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
        KeyedHashTable<TKey> table, EpochManager epochs, KeThread current, byte* keys, nuint stride, uint count, out uint done)
    {
        uint* indexes = stackalloc uint[(int)Ring];
        LookAhead ahead = new(table, keys, stride, count, indexes);
        for (done = 0; done < count;)
        {
            using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
            StoreWriter writer = epochs.BeginWrite(current);
            uint end = Math.Min(done + Stretch, count);
            for (; done < end; done++)
            {
                EbpfResult result = table.DeleteAt(writer, ahead.HeadOf(done), keys + (done * stride), out _);
                if (result != EbpfResult.Success)
                {
                    return result;
                }
            }
        }

        return EbpfResult.Success;
    }

    /// <summary><see cref="HashTable.ReadMany"/> without deleting. Takes no lock and stays at the caller's level.</summary>
    public static EbpfResult Read(KeyedHashTable<TKey> table, byte* previous, byte* output, uint room, out uint written)
    {
        nuint record = table.KeySize + table.ValueBytes;
        uint left = (uint)(room / record);
        byte* at = output;
        EbpfResult result = EbpfResult.Success;
        while (left > 0 && result == EbpfResult.Success)
        {
            result = HashReader<TKey>.ReadChunk(table, previous, at, Math.Min(left, HashReader<TKey>.Chunk), out uint count);
            at += count * record;
            left -= count;
            previous = at - record;
        }

        written = (uint)(at - output);
        return result == EbpfResult.NoMoreKeys && written != 0 ? EbpfResult.Success : result;
    }

    /// <summary>
    /// <see cref="HashTable.ReadMany"/> with deleting. An element is deleted once its successor has been read; the last one at the end,
    /// whatever ended the loop.
    /// </summary>
    public static EbpfResult ReadAndDelete(
        KeyedHashTable<TKey> table, EpochManager epochs, KeThread current, byte* previous, byte* output, uint room, out uint written)
    {
        nuint record = table.KeySize + table.ValueBytes;
        uint left = (uint)(room / record);
        byte* at = output;
        EbpfResult result = EbpfResult.Success;
        while (left > 0 && result == EbpfResult.Success)
        {
            result = HashReader<TKey>.ReadChunk(table, previous, at, Math.Min(left, HashReader<TKey>.Chunk), out uint count);
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

    private static EbpfResult DeleteOne(KeyedHashTable<TKey> table, EpochManager epochs, KeThread current, byte* key)
    {
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        return table.Delete(epochs.BeginWrite(current), key, out _);
    }

    /// <summary>Bucket numbers of the elements to come, computed once each, with their heads and blocks asked for in good time.</summary>
    private readonly ref struct LookAhead
    {
        private readonly KeyedHashTable<TKey> _table;
        private readonly byte* _keys;
        private readonly nuint _stride;
        private readonly uint _count;
        private readonly uint* _indexes;

        public LookAhead(KeyedHashTable<TKey> table, byte* keys, nuint stride, uint count, uint* indexes)
        {
            _table = table;
            _keys = keys;
            _stride = stride;
            _count = count;
            _indexes = indexes;
            for (uint i = 0; i < HeadsAhead && i < count; i++)
            {
                FetchHead(i);
            }

            for (uint i = 0; i < BlocksAhead && i < count; i++)
            {
                FetchBlock(i);
            }
        }

        /// <summary>The head for an element; called once for each, in order.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public HashHead* HeadOf(uint element)
        {
            uint index = _indexes[element % Ring];
            if (element + HeadsAhead < _count)
            {
                FetchHead(element + HeadsAhead);
            }

            if (element + BlocksAhead < _count)
            {
                FetchBlock(element + BlocksAhead);
            }

            return _table.HeadAt(index);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void FetchHead(uint element)
        {
            uint index = _table.IndexOf(_keys + (element * _stride));
            _indexes[element % Ring] = index;
            Prefetch.Line(_table.HeadAt(index));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void FetchBlock(uint element) => Prefetch.Line(_table.HeadAt(_indexes[element % Ring])->Bucket);
    }
}
