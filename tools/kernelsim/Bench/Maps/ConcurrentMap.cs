using System.Collections.Concurrent;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>
/// What a C# programmer would write for several threads: a concurrent dictionary of arrays. An update replaces the reference to an array, as
/// the map publishes a new block of values; the arrays are allocated beforehand.
/// </summary>
internal sealed class ConcurrentMap : BenchMap
{
    private readonly ulong[][] _blocks;
    private ConcurrentDictionary<uint, ulong[]> _map;
    private long _bytes;

    /// <summary>Creates a dictionary with room for all elements.</summary>
    public ConcurrentMap(ElementData data)
        : base(data)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _blocks = new ulong[Count][];
        for (int i = 0; i < Count; i++)
        {
            _blocks[i] = Data.ValuesOf(i).ToArray();
        }

        _map = Create();
        _bytes = GC.GetAllocatedBytesForCurrentThread() - before - ((long)Count * nint.Size);
    }

    /// <inheritdoc/>
    public override long? Bytes => _bytes;

    /// <inheritdoc/>
    public override void Update(int first, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = first; i < first + count; i++)
        {
            _map[Data.Keys[i]] = _blocks[i];
        }

        _bytes += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <inheritdoc/>
    public override void Lookup()
    {
        int i = 0;
        foreach ((uint key, ulong[] block) in _map)
        {
            Data.Store(i++, key, block);
        }

        Expect(Count, i, "enumerate");
    }

    /// <inheritdoc/>
    public override void Delete()
    {
        int found = 0;
        foreach (uint key in Data.Keys)
        {
            found += _map.TryRemove(key, out _) ? 1 : 0;
        }

        Expect(Count, found, "remove");
    }

    /// <inheritdoc/>
    public override void LookupAndDelete()
    {
        Lookup();
        _map.Clear();
    }

    /// <inheritdoc/>
    public override void LookupEach(int first, int count)
    {
        Span<ulong> value = new ulong[Data.ElementWords];
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            _map[key].CopyTo(value);
        }
    }

    /// <inheritdoc/>
    public override void UpdateEach(int first, int count) => Update(first, count);

    /// <inheritdoc/>
    public override void Renew() => _map = Create();

    /// <inheritdoc/>
    public override void Dispose() => _map = new();

    private ConcurrentDictionary<uint, ulong[]> Create() => new(concurrencyLevel: 2, Count);
}
