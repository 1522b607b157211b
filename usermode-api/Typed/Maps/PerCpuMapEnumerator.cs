namespace KernelSim.UserMode;

/// <summary>Enumerates a per-CPU map, a message's worth of elements at a time, in rented buffers.</summary>
/// <typeparam name="TKey">A key.</typeparam>
/// <typeparam name="TValue">One CPU's value.</typeparam>
public ref struct PerCpuMapEnumerator<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private BatchPages<TKey, TValue> _pages;

    internal PerCpuMapEnumerator(PerCpuMap<TKey, TValue> map)
    {
        _pages = new BatchPages<TKey, TValue>(map, map.CpuCount);
    }

    /// <summary>The current element.</summary>
    public readonly PerCpuEntry<TKey, TValue> Current => new(_pages.Key, _pages.Values);

    /// <summary>Advances to the next element; false after the last.</summary>
    public bool MoveNext() => _pages.MoveNext();

    /// <summary>Returns the buffers.</summary>
    public void Dispose() => _pages.Dispose();
}
