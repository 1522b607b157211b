namespace KernelSim.TraceAnalysis.Losses;

/// <summary>Consecutive sequence numbers that no event of a trace has, although events of the same kind before and after do.</summary>
/// <param name="Provider">The provider of the events.</param>
/// <param name="HostProcessId">The host process of the provider.</param>
/// <param name="Kind">Names of the events that share these numbers, as far as the trace contains any.</param>
/// <param name="First">The first missing number.</param>
/// <param name="Last">The last missing number.</param>
public sealed record SequenceGap(string Provider, int HostProcessId, string Kind, ulong First, ulong Last)
{
    /// <summary>How many events are missing.</summary>
    public long Events => (long)Math.Min(Last - First + 1, long.MaxValue);
}
