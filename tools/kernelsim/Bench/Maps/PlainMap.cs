using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>
/// The copies of a hash map and nothing else: for each element one record and one block of values, each at a random place, with no hashing,
/// no search, no checks and no boundary: the least that C# without a special layout of memory can do.
/// </summary>
/// <remarks>Batches prefetch, as the map does.</remarks>
internal sealed class PlainMap : BenchMap
{
    private const int Ahead = 16;

    /// <summary>Longer values are copied by the runtime.</summary>
    private const int LoopedWords = 8;

    private readonly int _words;
    private readonly Record[] _records;
    private readonly ulong[] _blocks;

    /// <summary>Lays out records and blocks.</summary>
    public PlainMap(Workload workload, ElementData data)
        : base(data)
    {
        _words = data.ElementWords;
        _records = new Record[Count];
        _blocks = new ulong[data.Values.Length];
        int[] places = [.. Enumerable.Range(0, Count)];
        new Random((int)(workload.Machine.Seed & int.MaxValue) ^ 1).Shuffle(places);
        for (int i = 0; i < Count; i++)
        {
            _records[i] = new Record { Key = (uint)i, Block = places[i] };
        }
    }

    /// <inheritdoc/>
    public override long? Bytes => (long)Data.PayloadBytes * Count;

    /// <inheritdoc/>
    public override void Update(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            Prefetch(i);
            ref Record record = ref _records[Data.Keys[i]];
            record.IsUsed = true;
            Copy(Data.Values, i, _blocks, record.Block);
        }
    }

    /// <inheritdoc/>
    public override void Lookup() => Read(use: true);

    /// <inheritdoc/>
    public override void Delete()
    {
        for (int i = 0; i < Count; i++)
        {
            Prefetch(i);
            _records[Data.Keys[i]].IsUsed = false;
        }
    }

    /// <inheritdoc/>
    public override void LookupAndDelete() => Read(use: false);

    /// <inheritdoc/>
    public override void LookupEach(int first, int count)
    {
        ulong[] value = new ulong[_words];
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            Copy(_blocks, _records[key].Block, value, 0);
        }
    }

    /// <inheritdoc/>
    public override void UpdateEach(int first, int count)
    {
        ulong[] value = new ulong[_words];
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            Copy(value, 0, _blocks, _records[key].Block);
        }
    }

    /// <inheritdoc/>
    public override void Renew()
    {
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private void Read(bool use)
    {
        for (int i = 0; i < Count; i++)
        {
            Prefetch(i);
            ref Record record = ref _records[Data.Keys[i]];
            Data.KeyRoom[i] = record.Key;
            Copy(_blocks, record.Block, Data.ValueRoom, i);
            if (record.IsUsed != use)
            {
                record.IsUsed = use;
            }
        }
    }

    /// <summary>Copies the values of an element.</summary>
    private void Copy(ulong[] from, int source, ulong[] to, int destination)
    {
        int words = _words;
        if (words > LoopedWords)
        {
            from.AsSpan(source * words, words).CopyTo(to.AsSpan(destination * words, words));
            return;
        }

        for (int i = 0; i < words; i++)
        {
            to[(destination * words) + i] = from[(source * words) + i];
        }
    }

    /// <summary>Has the host load the record of an element far ahead, and the block of one less far ahead.</summary>
    private void Prefetch(int element)
    {
        if (Sse.IsSupported && element + (2 * Ahead) < Count)
        {
            Prefetch(ref _records[Data.Keys[element + (2 * Ahead)]]);
            Prefetch(ref _blocks[_records[Data.Keys[element + Ahead]].Block * _words]);
        }
    }

    /// <summary>A hint that reads nothing: an address that the collector has just moved away from does no harm.</summary>
    private static unsafe void Prefetch<T>(ref T place) => Sse.Prefetch0(Unsafe.AsPointer(ref place));

    /// <summary>As large as a bucket with one key.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Record
    {
        public uint Key;
        public int Block;
        public bool IsUsed;
    }
}
