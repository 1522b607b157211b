namespace KernelSim.UserMode;

/// <summary>One element of a per-CPU map during an enumeration: valid until the next step.</summary>
/// <typeparam name="TKey">A key.</typeparam>
/// <typeparam name="TValue">One CPU's value.</typeparam>
/// <param name="key">Key of the element.</param>
/// <param name="values">One value for each CPU.</param>
public readonly ref struct PerCpuEntry<TKey, TValue>(TKey key, ReadOnlySpan<TValue> values)
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Key of the element.</summary>
    public TKey Key { get; } = key;

    /// <summary>One value for each possible CPU.</summary>
    public ReadOnlySpan<TValue> Values { get; } = values;
}
