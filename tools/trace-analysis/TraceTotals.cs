namespace KernelSim.TraceAnalysis;

/// <summary>The totals of a trace that has been read to its end.</summary>
/// <param name="Events">Number of events of the requested providers.</param>
/// <param name="LostEvents">Number of events that the recording reports as dropped.</param>
public sealed record TraceTotals(long Events, long LostEvents)
{
    /// <summary>Whether it is cut off, as when the recorded process was killed: an unknown number of events after it is missing.</summary>
    public bool IsCutOff { get; init; }
}
