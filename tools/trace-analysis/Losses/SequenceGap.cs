namespace KernelSim.TraceAnalysis.Losses;

/// <summary>Numbers in a row that no event of a trace carries, although events of the same kind before and after do.</summary>
/// <param name="Provider">The provider that gave the numbers.</param>
/// <param name="HostProcessId">The host process that it lived in.</param>
/// <param name="Kind">The events that share these numbers, by name, as far as the trace has any of them.</param>
/// <param name="First">The first missing number.</param>
/// <param name="Last">The last missing number.</param>
public sealed record SequenceGap(string Provider, int HostProcessId, string Kind, ulong First, ulong Last)
{
    /// <summary>How many events are missing.</summary>
    public long Events => (long)(Last - First + 1);
}
