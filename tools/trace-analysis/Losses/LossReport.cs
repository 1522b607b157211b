namespace KernelSim.TraceAnalysis.Losses;

/// <summary>How complete a trace is: what every report says first.</summary>
/// <param name="Events">Events in the trace.</param>
/// <param name="LostBySession">Events that the recording says it dropped.</param>
/// <param name="Gaps">Holes in the numbers that the events carry.</param>
public sealed record LossReport(long Events, long LostBySession, IReadOnlyList<SequenceGap> Gaps)
{
    /// <summary>Whether the trace ends in its middle.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Events that are missing between others, by their numbers.</summary>
    public long MissingNumbers => Gaps.Sum(g => g.Events);

    /// <summary>Events lost: both ways to count see most of the same losses, so the larger count stands.</summary>
    public long Lost => Math.Max(LostBySession, MissingNumbers);

    /// <summary>True when nothing is known to be missing.</summary>
    public bool IsComplete => Lost == 0 && !IsCutOff;

    /// <summary>The line that every report starts with.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Events} events, {Lost} lost, {Gaps.Count} gaps{(IsCutOff ? ", cut off before its end" : string.Empty)}");
}
