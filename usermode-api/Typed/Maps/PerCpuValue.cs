using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>
/// One value of a per-CPU map: a slot for each possible CPU, laid out as in the map. It encapsulates padding and CPU count; callers need
/// not know them.
/// </summary>
/// <typeparam name="T">One CPU's value, of any size.</typeparam>
public sealed class PerCpuValue<T>
    where T : unmanaged
{
    private readonly byte[] _bytes;
    private readonly int _stride;

    /// <summary>Creates a value of zeros.</summary>
    /// <param name="cpuCount">Number of possible CPUs: <see cref="BpfSession.CpuCount"/>.</param>
    public PerCpuValue(int cpuCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cpuCount);
        Count = cpuCount;
        _stride = checked((int)PerCpuLayout.Pad8((uint)Unsafe.SizeOf<T>()));
        _bytes = new byte[checked(_stride * cpuCount)];
    }

    /// <summary>Number of slots, one per CPU.</summary>
    public int Count { get; }

    /// <summary>
    /// All slots with their padding, as in the map and in the buffers of libbpf-shaped calls: slot c starts at
    /// c x pad8(sizeof(T)).
    /// </summary>
    public Span<byte> Bytes => _bytes;

    /// <summary>One CPU's value, to read or to set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such CPU.</exception>
    public ref T this[int cpu]
    {
        get
        {
            if ((uint)cpu >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(cpu), cpu, $"There are {Count} possible CPUs.");
            }

            // T may need alignment: slots start at multiples of 8 from the start of the array's data, which is aligned to 8 itself.
            return ref Unsafe.As<byte, T>(ref _bytes[cpu * _stride]);
        }
    }

    /// <summary>The slots as one span, if there is no padding between them.</summary>
    /// <param name="values">One value for each CPU.</param>
    /// <returns>False if sizeof(T) is not a multiple of 8.</returns>
    public bool TryGetSpan(out Span<T> values)
    {
        bool isFlat = _stride == Unsafe.SizeOf<T>();
        values = isFlat ? MemoryMarshal.Cast<byte, T>(_bytes.AsSpan()) : default;
        return isFlat;
    }

    /// <summary>Copies all CPUs' values out, without padding.</summary>
    /// <param name="destination">Room for <see cref="Count"/> values.</param>
    /// <exception cref="ArgumentException">There is less room. Nothing was copied.</exception>
    public void CopyTo(Span<T> destination)
    {
        if (destination.Length < Count)
        {
            throw new ArgumentException(
                $"Room for {destination.Length} values given, expected {Count}: one for each possible CPU.", nameof(destination));
        }

        for (int cpu = 0; cpu < Count; cpu++)
        {
            destination[cpu] = this[cpu];
        }
    }

    /// <summary>Sets all CPUs' values.</summary>
    /// <param name="source"><see cref="Count"/> values.</param>
    /// <exception cref="ArgumentException">There are more or fewer. Nothing was copied.</exception>
    public void CopyFrom(ReadOnlySpan<T> source)
    {
        if (source.Length != Count)
        {
            throw new ArgumentException($"{source.Length} values given, expected {Count}: one for each possible CPU.", nameof(source));
        }

        for (int cpu = 0; cpu < Count; cpu++)
        {
            this[cpu] = source[cpu];
        }
    }

    /// <summary>Sets all CPUs to one value.</summary>
    public void Fill(T value)
    {
        for (int cpu = 0; cpu < Count; cpu++)
        {
            this[cpu] = value;
        }
    }

    /// <summary>Enumerates the CPUs' values in order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", Enumerable.Range(0, Count).Select(cpu => this[cpu].ToString()))}]";

    /// <summary>Enumerates a value's CPUs.</summary>
    [SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "The pattern of foreach.")]
    public struct Enumerator
    {
        private readonly PerCpuValue<T> _value;
        private int _cpu = -1;

        internal Enumerator(PerCpuValue<T> value)
        {
            _value = value;
        }

        /// <summary>The value of the current CPU.</summary>
        public readonly ref T Current => ref _value[_cpu];

        /// <summary>Advances to the next CPU; false after the last.</summary>
        public bool MoveNext() => ++_cpu < _value.Count;
    }
}
