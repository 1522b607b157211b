using System.Collections;

namespace KernelSim.UserMode;

/// <summary>Enumerates a map, a message's worth of elements at a time, in rented buffers.</summary>
/// <typeparam name="TKey">A key.</typeparam>
/// <typeparam name="TValue">A value.</typeparam>
public struct ValueMapEnumerator<TKey, TValue> : IEnumerator<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private BatchPages<TKey, TValue> _pages;

    internal ValueMapEnumerator(ValueMap<TKey, TValue> map)
    {
        _pages = new BatchPages<TKey, TValue>(map, slots: 1);
    }

    /// <inheritdoc/>
    public readonly KeyValuePair<TKey, TValue> Current => new(_pages.Key, _pages.Value);

    /// <inheritdoc/>
    readonly object IEnumerator.Current => Current;

    /// <inheritdoc/>
    public bool MoveNext() => _pages.MoveNext();

    /// <inheritdoc/>
    public void Reset() => _pages.Reset();

    /// <inheritdoc/>
    public void Dispose() => _pages.Dispose();
}
