namespace KernelSim.TraceAnalysis.Losses;

/// <summary>The completeness of a trace: the first line of every report.</summary>
/// <param name="Events">Events in the trace.</param>
/// <param name="LostBySession">Number of events that the recording reports as dropped.</param>
/// <param name="Gaps">Gaps in the sequence numbers.</param>
public sealed record LossReport(long Events, long LostBySession, IReadOnlyList<SequenceGap> Gaps)
{
    /// <summary>Whether the trace is cut off before its end.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Events that are missing between others, by their numbers.</summary>
    public long MissingNumbers => Gaps.Sum(g => g.Events);

    /// <summary>Number of lost events: both counts see mostly the same losses, so the larger one is used.</summary>
    public long Lost => Math.Max(LostBySession, MissingNumbers);

    /// <summary>True if nothing is known to be missing.</summary>
    public bool IsComplete => Lost == 0 && !IsCutOff;

    /// <summary>The line that every report starts with.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Events} events, {Lost} lost, {Gaps.Count} gaps{(IsCutOff ? ", cut off before its end" : string.Empty)}");
}
