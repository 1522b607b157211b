using System.Runtime.InteropServices;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>
/// The copies of a hash map and nothing else: for each element one record and one block of values, each at a random place, with no hashing,
/// no search, no checks and no boundary. It bounds what a map with such a layout can do.
/// </summary>
internal sealed class PlainMap : BenchMap
{
    /// <summary>Longer values are copied by the runtime.</summary>
    private const int LoopedWords = 8;

    private readonly Record[] _records;
    private readonly ulong[] _blocks;

    /// <summary>Lays out records and blocks.</summary>
    public PlainMap(Workload workload, ElementData data)
        : base(data)
    {
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
        int words = Data.ElementWords;
        for (int i = first; i < first + count; i++)
        {
            ref Record record = ref _records[Data.Keys[i]];
            record.Key = Data.Keys[i];
            record.Used = true;
            Copy(Data.Values.AsSpan(i * words, words), _blocks.AsSpan(record.Block * words, words));
        }
    }

    /// <inheritdoc/>
    public override void Lookup()
    {
        int words = Data.ElementWords;
        for (int i = 0; i < Data.Keys.Length; i++)
        {
            ref Record record = ref _records[Data.Keys[i]];
            Data.KeyRoom[i] = record.Key;
            Copy(_blocks.AsSpan(record.Block * words, words), Data.ValueRoom.AsSpan(i * words, words));
        }
    }

    /// <inheritdoc/>
    public override void Delete()
    {
        foreach (uint key in Data.Keys)
        {
            _records[key].Used = false;
        }
    }

    /// <inheritdoc/>
    public override void LookupAndDelete()
    {
        int words = Data.ElementWords;
        for (int i = 0; i < Data.Keys.Length; i++)
        {
            ref Record record = ref _records[Data.Keys[i]];
            Data.KeyRoom[i] = record.Key;
            Copy(_blocks.AsSpan(record.Block * words, words), Data.ValueRoom.AsSpan(i * words, words));
            record.Used = false;
        }
    }

    /// <inheritdoc/>
    public override void LookupEach(int first, int count)
    {
        int words = Data.ElementWords;
        Span<ulong> value = new ulong[words];
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            Copy(_blocks.AsSpan(_records[key].Block * words, words), value);
        }
    }

    /// <inheritdoc/>
    public override void UpdateEach(int first, int count) => Update(first, count);

    /// <inheritdoc/>
    public override void Renew()
    {
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private static void Copy(ReadOnlySpan<ulong> from, Span<ulong> to)
    {
        if (from.Length > LoopedWords)
        {
            from.CopyTo(to);
            return;
        }

        for (int i = 0; i < from.Length && i < to.Length; i++)
        {
            to[i] = from[i];
        }
    }

    /// <summary>As large as a bucket with one key.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Record
    {
        public uint Key;
        public int Block;
        public bool Used;
    }
}
