namespace KernelSim.Tool.Tour.Facts;

/// <summary>The actual or intended contents of one element of the map: a port and each CPU's counters.</summary>
/// <param name="Port">Key of the element.</param>
/// <param name="PerCpu">The value, by CPU.</param>
internal sealed record FlowFacts(uint Port, IReadOnlyList<Counters> PerCpu)
{
    /// <summary>The totals of all CPUs.</summary>
    public Counters Sum => PerCpu.Aggregate(default(Counters), (a, b) => a + b);

    /// <summary>Whether the elements found include all those intended, slot for slot.</summary>
    public static bool Contains(IReadOnlyList<FlowFacts> found, IReadOnlyList<FlowFacts> meant) =>
        meant.All(m => found.Any(f => f.Port == m.Port && f.PerCpu.SequenceEqual(m.PerCpu)));
}
