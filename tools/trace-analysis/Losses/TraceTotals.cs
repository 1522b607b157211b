using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.TraceAnalysis;

/// <summary>The totals of a trace that has been read to its end.</summary>
/// <param name="Events">Number of events of the requested providers.</param>
/// <param name="LostEvents">Number of events that the recording reports as dropped.</param>
public sealed record TraceTotals(long Events, long LostEvents)
{
    /// <summary>Whether it is cut off, as when the recorded process was killed: an unknown number of events after it is missing.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>
    /// What is wrong with the first bytes that no trace can have, and where they are; null when there are none. What follows is unread.
    /// </summary>
    public string? Damage { get; init; }

    /// <summary>How many events the trace holds of each provider that is not KernelSim's.</summary>
    public IReadOnlyDictionary<string, long> OtherEvents { get; init; } = new Dictionary<string, long>();

    /// <summary>Whether the trace has no event, neither of KernelSim nor of another program.</summary>
    public bool IsEmpty => Events == 0 && LossReport.Foreign(this).Count == 0;
}
