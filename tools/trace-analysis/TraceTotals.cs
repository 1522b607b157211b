namespace KernelSim.TraceAnalysis;

/// <summary>What is known of a trace once it has been read to its end.</summary>
/// <param name="Events">How many events it holds of the providers that were asked for.</param>
/// <param name="LostEvents">How many the recording says it dropped.</param>
public sealed record TraceTotals(long Events, long LostEvents)
{
    /// <summary>Whether it ends in its middle, as when the recorded process was killed: what came after is missing, nobody knows how much.</summary>
    public bool IsCutOff { get; init; }
}
