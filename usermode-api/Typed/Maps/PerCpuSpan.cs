namespace KernelSim.UserMode;

/// <summary>
/// A view of the flat spans that batch calls on per-CPU maps fill: element-major, CPU-minor, without padding. It knows where each
/// element's values are, so that the caller does not have to.
/// </summary>
/// <typeparam name="T">One CPU's value.</typeparam>
/// <param name="values">Values of whole elements.</param>
/// <param name="cpuCount">Number of possible CPUs.</param>
public readonly ref struct PerCpuSpan<T>(Span<T> values, int cpuCount)
    where T : unmanaged
{
    private readonly Span<T> _values = values;
    private readonly int _cpuCount = cpuCount > 0
        ? cpuCount
        : throw new ArgumentOutOfRangeException(nameof(cpuCount), cpuCount, "There is at least one possible CPU.");

    /// <summary>Number of whole elements.</summary>
    public int Count => _cpuCount == 0 ? 0 : _values.Length / _cpuCount;

    /// <summary>Number of possible CPUs.</summary>
    public int CpuCount => _cpuCount;

    /// <summary>One element's values, one for each CPU.</summary>
    public Span<T> this[int element] => _values.Slice(element * _cpuCount, _cpuCount);

    /// <summary>One CPU's value of one element.</summary>
    public ref T this[int element, int cpu] => ref this[element][cpu];
}
