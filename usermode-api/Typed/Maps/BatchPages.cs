using System.Buffers;
using System.Runtime.InteropServices;

namespace KernelSim.UserMode;

/// <summary>
/// An enumeration of a map, page by page: one message's worth of elements, in rented buffers. The enumerators read a page in their own
/// way and index into it.
/// </summary>
/// <typeparam name="TKey">A key.</typeparam>
/// <typeparam name="TValue">One CPU's value.</typeparam>
internal struct BatchPages<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly KeyedMap<TKey> _map;
    private readonly BatchCursor _cursor = new();
    private readonly int _elements;
    private readonly int _slots;
    private TKey[]? _keys;
    private TValue[]? _values;
    private BatchResult _page;
    private int _index = -1;

    public BatchPages(KeyedMap<TKey> map, int slots)
    {
        _map = map;
        _slots = slots;
        _elements = Math.Max(map.ElementsPerMessage, 1);
        _keys = ArrayPool<TKey>.Shared.Rent(_elements);
        _values = ArrayPool<TValue>.Shared.Rent(_elements * slots);
    }

    /// <summary>Key of the current element.</summary>
    public readonly TKey Key => _keys![_index];

    /// <summary>The current element's value, if it has only one.</summary>
    public readonly TValue Value => _values![_index];

    /// <summary>The current element's values, one for each CPU.</summary>
    public readonly ReadOnlySpan<TValue> Values => _values.AsSpan(_index * _slots, _slots);

    /// <summary>Advances to the next element; false after the last.</summary>
    public bool MoveNext()
    {
        if (++_index < _page.Count)
        {
            return true;
        }

        if (_page.Status == BatchStatus.End || _keys is null)
        {
            return false;
        }

        _page = _map.LookupBatchCore(_cursor, _keys.AsSpan(0, _elements), MemoryMarshal.AsBytes(_values.AsSpan(0, _elements * _slots)));
        _index = 0;
        return _page.Count > 0;
    }

    /// <summary>Starts again at the first element.</summary>
    public void Reset()
    {
        _cursor.Reset();
        _page = default;
        _index = -1;
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
            _page = new BatchResult(0, BatchStatus.End);
        }
    }
}
