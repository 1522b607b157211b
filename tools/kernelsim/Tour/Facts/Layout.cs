using KernelSim.Protocol;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>The layout of the tour's values in user memory: padded slots, one per CPU.</summary>
internal static class Layout
{
    /// <summary>The layout on a machine.</summary>
    public static PerCpuLayout On(int cpus) =>
        PerCpuLayout.TryCreate(BpfMapType.PercpuHash, Counters.Size, cpus, out PerCpuLayout layout)
            ? layout
            : throw new InvalidOperationException($"{cpus} values of {Counters.Size} bytes do not fit 32 bits.");

    /// <summary>Splits a value into each CPU's counters; fewer than requested if the bytes end before.</summary>
    public static IReadOnlyList<Counters> Decode(ReadOnlySpan<byte> value, int cpus)
    {
        List<Counters> perCpu = new(cpus);
        PerCpuLayout layout = On(cpus);
        for (int cpu = 0; cpu < cpus && layout.SlotOffset(cpu) + Counters.Size <= (uint)value.Length; cpu++)
        {
            perCpu.Add(Counters.From(value[(int)layout.SlotOffset(cpu)..]));
        }

        return perCpu;
    }
}
