namespace KernelSim.Tool.Bench.Maps;

/// <summary>What a C# programmer would write for one thread without a kernel: a dictionary of arrays, enumerated and copied.</summary>
internal sealed class DictionaryMap : BenchMap
{
    private Dictionary<uint, ulong[]> _map;
    private long _bytes;

    /// <summary>Creates a dictionary with room for all elements.</summary>
    public DictionaryMap(ElementData data)
        : base(data)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _map = new Dictionary<uint, ulong[]>(Count);
        _bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <inheritdoc/>
    public override long? Bytes => _bytes;

    /// <inheritdoc/>
    public override void Update(int first, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = first; i < first + count; i++)
        {
            Span<ulong> values = Data.ValuesOf(i);
            if (_map.TryGetValue(Data.Keys[i], out ulong[]? block))
            {
                values.CopyTo(block);
            }
            else
            {
                _map.Add(Data.Keys[i], values.ToArray());
            }
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
            found += _map.Remove(key) ? 1 : 0;
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
    public override void UpdateEach(int first, int count)
    {
        Span<ulong> value = new ulong[Data.ElementWords];
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            value.CopyTo(_map[key]);
        }
    }

    /// <inheritdoc/>
    public override void Renew()
    {
        _map = new Dictionary<uint, ulong[]>(Count);
        _bytes = 0;
    }

    /// <inheritdoc/>
    public override void Dispose() => _map = [];
}
