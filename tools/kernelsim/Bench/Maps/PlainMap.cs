using System.Runtime.InteropServices;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>
/// The copies of a hash map and nothing else: for each element one record and one block of values, each at a random place, with no hashing,
/// no search, no checks and no boundary. It bounds what a map with such a layout can do.
/// </summary>
/// <remarks>Batches first find the blocks of some elements, then copy: the host then waits for many of them at the same time.</remarks>
internal sealed class PlainMap : BenchMap
{
    private const int Ahead = 64;

    /// <summary>Longer values are copied by the runtime.</summary>
    private const int LoopedWords = 8;

    private readonly int[] _places = new int[Ahead];
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
        for (int i = first; i < first + count; i += Ahead)
        {
            int some = Math.Min(Ahead, first + count - i);
            Find(i, some, use: true);
            for (int j = 0; j < some; j++)
            {
                Copy(Data.Values.AsSpan((i + j) * words, words), _blocks.AsSpan(_places[j] * words, words));
            }
        }
    }

    /// <inheritdoc/>
    public override void Lookup() => Read(use: true);

    /// <inheritdoc/>
    public override void Delete()
    {
        for (int i = 0; i < Count; i += Ahead)
        {
            Find(i, Math.Min(Ahead, Count - i), use: false);
        }
    }

    /// <inheritdoc/>
    public override void LookupAndDelete() => Read(use: false);

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
    public override void UpdateEach(int first, int count)
    {
        int words = Data.ElementWords;
        Span<ulong> value = new ulong[words];
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            Copy(value, _blocks.AsSpan(_records[key].Block * words, words));
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

    private void Read(bool use)
    {
        int words = Data.ElementWords;
        for (int i = 0; i < Count; i += Ahead)
        {
            int some = Math.Min(Ahead, Count - i);
            Find(i, some, use);
            for (int j = 0; j < some; j++)
            {
                Copy(_blocks.AsSpan(_places[j] * words, words), Data.ValueRoom.AsSpan((i + j) * words, words));
            }
        }
    }

    /// <summary>Finds the blocks of some elements, notes their keys as read, and says whether they are in use from now on.</summary>
    private void Find(int first, int count, bool use)
    {
        ReadOnlySpan<uint> keys = Data.Keys.AsSpan(first, count);
        Span<uint> room = Data.KeyRoom.AsSpan(first, count);
        for (int j = 0; j < keys.Length; j++)
        {
            ref Record record = ref _records[keys[j]];
            room[j] = record.Key;
            _places[j] = record.Block;
            if (record.IsUsed != use)
            {
                record.IsUsed = use;
            }
        }
    }

    /// <summary>As large as a bucket with one key.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Record
    {
        public uint Key;
        public int Block;
        public bool IsUsed;
    }
}
