namespace KernelSim.Protocol;

/// <summary>
/// The layout of one value of a map in a user buffer, a message and the map store:
/// <c>EBPF_PAD_8(value_size) * libbpf_num_possible_cpus()</c>. Library, driver and tools share it.
/// </summary>
/// <remarks>
/// For a map that is not per-CPU there is one slot and no padding: <see cref="Stride"/> and <see cref="Total"/> equal
/// <see cref="ValueSize"/>. For a per-CPU map of 12-byte values on 4 CPUs a slot takes 16 bytes (12 and 4 of padding), a value 64,
/// and CPU 2's slot starts at byte 32.
/// </remarks>
public readonly record struct PerCpuLayout
{
    /// <summary>Every slot of a per-CPU value starts at a multiple of this many bytes.</summary>
    public const int SlotAlignment = 8;

    private PerCpuLayout(uint valueSize, uint stride, int slots, uint total, bool isPerCpu)
    {
        ValueSize = valueSize;
        Stride = stride;
        SlotCount = slots;
        Total = total;
        IsPerCpu = isPerCpu;
    }

    /// <summary>Size of one CPU's value in bytes, as given when the map was created.</summary>
    public uint ValueSize { get; }

    /// <summary>Bytes from one CPU's slot to the next: the value size rounded up to 8, or the value size if not per-CPU.</summary>
    public uint Stride { get; }

    /// <summary>Number of slots: the possible CPUs, or 1 if the map is not per-CPU.</summary>
    public int SlotCount { get; }

    /// <summary>Size of a whole value in bytes, all slots with their padding: what user mode must allocate for one element.</summary>
    public uint Total { get; }

    /// <summary>True when the value has a slot for each CPU.</summary>
    public bool IsPerCpu { get; }

    /// <summary>Unused bytes at the end of each slot.</summary>
    public uint Padding => Stride - ValueSize;

    /// <summary>The arithmetic in words, for messages: <c>pad8(12) x 4 CPUs = 64</c>.</summary>
    public string Formula => IsPerCpu
        ? $"pad8({ValueSize}) x {SlotCount} CPUs = {Total}"
        : $"value_size = {Total}";

    /// <summary>Rounds up to a multiple of 8: <c>EBPF_PAD_8</c>. The result can need 33 bits, hence the wide type.</summary>
    public static ulong Pad8(uint size) => ((ulong)size + 7) & ~7UL;

    /// <summary>
    /// Size in bytes of a value with a slot for each CPU: <c>pad8(value_size) x CPUs</c>. The result can need more than 32 bits; no map has such
    /// values.
    /// </summary>
    public static ulong TotalOf(uint valueSize, int possibleCpus) => Pad8(valueSize) * (uint)possibleCpus;

    /// <summary>
    /// Creates the layout of the values of a map of <paramref name="type"/>.
    /// </summary>
    /// <param name="type">The map type, which says whether values are per-CPU.</param>
    /// <param name="valueSize">Size of one CPU's value in bytes.</param>
    /// <param name="possibleCpus">The machine's possible CPUs (not the active ones).</param>
    /// <param name="layout">The layout on success.</param>
    /// <returns>False if the total does not fit 32 bits; the caller then fails with <see cref="EbpfResult.ArithmeticOverflow"/>.</returns>
    public static bool TryCreate(BpfMapType type, uint valueSize, int possibleCpus, out PerCpuLayout layout)
    {
        if (type.IsPerCpu())
        {
            return TryCreatePerCpu(valueSize, possibleCpus, out layout);
        }

        layout = Plain(valueSize);
        return true;
    }

    /// <summary>The layout of a value that is not per-CPU: one slot without padding.</summary>
    /// <param name="valueSize">Size of the value in bytes.</param>
    public static PerCpuLayout Plain(uint valueSize) => new(valueSize, valueSize, 1, valueSize, isPerCpu: false);

    /// <summary>Creates the layout of per-CPU values, whatever the map's type.</summary>
    /// <param name="valueSize">Size of one CPU's value in bytes.</param>
    /// <param name="possibleCpus">The machine's possible CPUs (not the active ones).</param>
    /// <param name="layout">The layout on success.</param>
    /// <returns>False if the total does not fit 32 bits.</returns>
    public static bool TryCreatePerCpu(uint valueSize, int possibleCpus, out PerCpuLayout layout)
    {
        ulong stride = Pad8(valueSize);
        ulong total = TotalOf(valueSize, possibleCpus);
        if (stride > uint.MaxValue || total > uint.MaxValue)
        {
            layout = default;
            return false;
        }

        layout = new PerCpuLayout(valueSize, (uint)stride, possibleCpus, (uint)total, isPerCpu: true);
        return true;
    }

    /// <summary>Offset of the slot of <paramref name="cpu"/> from the start of the value, in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value has no slot for this CPU.</exception>
    public uint SlotOffset(int cpu)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cpu);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cpu, SlotCount);
        return Stride * (uint)cpu;
    }
}
