using System.Buffers;
using System.Collections;

namespace KernelSim.UserMode;

/// <summary>Enumerates a map, a message's worth of elements at a time, in rented buffers.</summary>
/// <typeparam name="TKey">A key.</typeparam>
/// <typeparam name="TValue">A value.</typeparam>
public struct ValueMapEnumerator<TKey, TValue> : IEnumerator<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly ValueMap<TKey, TValue> _map;
    private readonly BatchCursor _cursor = new();
    private TKey[]? _keys;
    private TValue[]? _values;
    private BatchResult _batch;
    private int _index = -1;

    internal ValueMapEnumerator(ValueMap<TKey, TValue> map)
    {
        _map = map;
        int elements = Math.Max(map.ElementsPerMessage, 1);
        _keys = ArrayPool<TKey>.Shared.Rent(elements);
        _values = ArrayPool<TValue>.Shared.Rent(elements);
    }

    /// <inheritdoc/>
    public readonly KeyValuePair<TKey, TValue> Current => new(_keys![_index], _values![_index]);

    /// <inheritdoc/>
    readonly object IEnumerator.Current => Current;

    /// <inheritdoc/>
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

        int elements = Math.Max(_map.ElementsPerMessage, 1);
        _batch = _map.LookupBatch(_cursor, _keys.AsSpan(0, elements), _values.AsSpan(0, elements));
        _index = 0;
        return _batch.Count > 0;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _cursor.Reset();
        _batch = default;
        _index = -1;
    }

    /// <inheritdoc/>
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
