using System.Globalization;

namespace KernelSim.TraceAnalysis.Losses;

/// <summary>The completeness of a trace: the first line of every report.</summary>
/// <param name="Events">Events in the trace.</param>
/// <param name="LostBySession">Number of events that the recording reports as dropped.</param>
/// <param name="Gaps">Gaps in the sequence numbers.</param>
public sealed record LossReport(long Events, long LostBySession, IReadOnlyList<SequenceGap> Gaps)
{
    /// <summary>The provider by which each session tells of itself, in every trace.</summary>
    private const string SessionProvider = "Microsoft-DotNETCore-EventPipe";

    /// <summary>Providers of other programs that are named one by one.</summary>
    private const int MostNamed = 5;

    /// <summary>Whether the trace ends in its middle.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Where the trace is damaged, and how; null when it is not. What follows was not read.</summary>
    public string? Damage { get; init; }

    /// <summary>How many events the trace holds of each other provider, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> OtherEvents { get; init; } = [];

    /// <summary>Whether it is a trace of other programs: it has events, and none of KernelSim.</summary>
    public bool IsForeign => Events == 0 && OtherEvents.Count > 0;

    /// <summary>Events that are missing between others, by their numbers.</summary>
    public long MissingNumbers => (long)Gaps.Aggregate(UInt128.Zero, (sum, gap) => UInt128.Min(sum + (ulong)gap.Events, long.MaxValue));

    /// <summary>Number of lost events: both counts see mostly the same losses, so the larger one is used.</summary>
    public long Lost => Math.Max(LostBySession, MissingNumbers);

    /// <summary>True when the trace has something of KernelSim, or nothing of anybody, and nothing is known to be missing.</summary>
    public bool IsComplete => Lost == 0 && !IsCutOff && Damage is null && !IsForeign;

    /// <summary>The line that every report starts with.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Events} events, {Lost} lost, {Gaps.Count} gaps{(IsCutOff ? ", cut off before its end" : string.Empty)}{Damaged()}{Foreigners()}");

    /// <summary>How many events a trace holds of each provider but KernelSim's and the session's own, the most frequent first.</summary>
    internal static IReadOnlyList<KeyValuePair<string, long>> Foreign(TraceTotals totals) =>
    [
        .. totals.OtherEvents.Where(p => p.Key != SessionProvider).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal),
    ];

    private string Damaged() => Damage is null ? string.Empty : $", damaged at {Damage}";

    private string Foreigners()
    {
        if (!IsForeign)
        {
            return string.Empty;
        }

        IEnumerable<string> named = OtherEvents.Take(MostNamed)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Value} of {VisibleText.Escape(p.Key)}"));
        string more = OtherEvents.Count > MostNamed
            ? string.Create(CultureInfo.InvariantCulture, $" and {OtherEvents.Count - MostNamed} more providers")
            : string.Empty;
        return $"; none is of KernelSim: {string.Join(", ", named)}{more}";
    }
}
