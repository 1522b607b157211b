namespace KernelSim.Tool.Tour.Facts;

/// <summary>What one element of the map is, or ought to be: a port and each CPU's counters.</summary>
/// <param name="Port">The key.</param>
/// <param name="PerCpu">The value, by CPU.</param>
internal sealed record FlowFacts(uint Port, IReadOnlyList<Counters> PerCpu)
{
    /// <summary>All CPUs together.</summary>
    public Counters Sum => PerCpu.Aggregate(default(Counters), (a, b) => a + b);

    /// <summary>Whether elements that were found include all those that were meant, slot for slot.</summary>
    public static bool Contains(IReadOnlyList<FlowFacts> found, IReadOnlyList<FlowFacts> meant) =>
        meant.All(m => found.Any(f => f.Port == m.Port && f.PerCpu.SequenceEqual(m.PerCpu)));
}
