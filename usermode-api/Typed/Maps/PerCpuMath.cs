using System.Numerics;

namespace KernelSim.UserMode;

/// <summary>Sums over CPUs. Integers wrap, as counters do.</summary>
public static class PerCpuMath
{
    /// <summary>The sum of all CPUs' values.</summary>
    /// <typeparam name="T">A type that can be added.</typeparam>
    public static T Sum<T>(this PerCpuValue<T> value)
        where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        ArgumentNullException.ThrowIfNull(value);
        T sum = T.AdditiveIdentity;
        foreach (T slot in value)
        {
            sum += slot;
        }

        return sum;
    }

    /// <summary>The sum of an element's values over all CPUs.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">A type that can be added.</typeparam>
    public static TValue Sum<TKey, TValue>(this PerCpuEntry<TKey, TValue> entry)
        where TKey : unmanaged
        where TValue : unmanaged, IAdditionOperators<TValue, TValue, TValue>, IAdditiveIdentity<TValue, TValue> => Sum(entry.Values);

    /// <summary>The sum of one element's values over all CPUs.</summary>
    /// <typeparam name="T">A type that can be added.</typeparam>
    /// <param name="span">Values of many elements.</param>
    /// <param name="element">Index of the element.</param>
    public static T Sum<T>(this PerCpuSpan<T> span, int element)
        where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T> => Sum((ReadOnlySpan<T>)span[element]);

    private static T Sum<T>(ReadOnlySpan<T> values)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        T sum = T.AdditiveIdentity;
        foreach (T value in values)
        {
            sum += value;
        }

        return sum;
    }
}
