namespace KernelSim.TraceAnalysis.Losses;

/// <summary>Numbers in a row that no event of a trace carries, although events before and after do.</summary>
/// <param name="Provider">The provider that gave the numbers.</param>
/// <param name="HostProcessId">The host process that it lived in.</param>
/// <param name="First">The first missing number.</param>
/// <param name="Last">The last missing number.</param>
public sealed record SequenceGap(string Provider, int HostProcessId, ulong First, ulong Last)
{
    /// <summary>How many events are missing.</summary>
    public long Events => (long)(Last - First + 1);
}
