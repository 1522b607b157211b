using System.Buffers;

namespace KernelSim.UserMode;

/// <summary>Enumerates a per-CPU map, a message's worth of elements at a time, in rented buffers.</summary>
/// <typeparam name="TKey">A key.</typeparam>
/// <typeparam name="TValue">One CPU's value.</typeparam>
public ref struct PerCpuMapEnumerator<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly PerCpuMap<TKey, TValue> _map;
    private readonly BatchCursor _cursor = new();
    private readonly int _elements;
    private TKey[]? _keys;
    private TValue[]? _values;
    private BatchResult _batch;
    private int _index = -1;

    internal PerCpuMapEnumerator(PerCpuMap<TKey, TValue> map)
    {
        _map = map;
        _elements = Math.Max(map.ElementsPerMessage, 1);
        _keys = ArrayPool<TKey>.Shared.Rent(_elements);
        _values = ArrayPool<TValue>.Shared.Rent(_elements * map.CpuCount);
    }

    /// <summary>The current element.</summary>
    public readonly PerCpuEntry<TKey, TValue> Current =>
        new(_keys![_index], _values.AsSpan(_index * _map.CpuCount, _map.CpuCount));

    /// <summary>Advances to the next element; false after the last.</summary>
    public bool MoveNext()
    {
        if (++_index < _batch.Count)
        {
            return true;
        }

        if (_batch.Status == BatchStatus.End || _keys is null)
        {
            return false;
        }

        _batch = _map.LookupBatch(_cursor, _keys.AsSpan(0, _elements), _values.AsSpan(0, _elements * _map.CpuCount));
        _index = 0;
        return _batch.Count > 0;
    }

    /// <summary>Returns the buffers.</summary>
    public void Dispose()
    {
        if (_keys is not null)
        {
            ArrayPool<TKey>.Shared.Return(_keys);
            ArrayPool<TValue>.Shared.Return(_values!);
            _keys = null;
            _values = null;
            _batch = new BatchResult(0, BatchStatus.End);
        }
    }
}
