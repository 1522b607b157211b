namespace KernelSim.NetEbpfExt.Events;

/// <summary>The outcome of a run of events on all processors.</summary>
/// <param name="PerProcessor">Each processor's totals, by its number.</param>
public sealed record NetworkEventReport(IReadOnlyList<NetworkEventTotals> PerProcessor)
{
    /// <summary>All processors' totals.</summary>
    public NetworkEventTotals Total { get; } = Sum(PerProcessor);

    private static NetworkEventTotals Sum(IReadOnlyList<NetworkEventTotals> parts)
    {
        ArgumentNullException.ThrowIfNull(parts, nameof(PerProcessor));
        NetworkEventTotals total = new();
        foreach (NetworkEventTotals part in parts)
        {
            total.Add(part);
        }

        return total;
    }
}
