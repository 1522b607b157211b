namespace KernelSim.TraceAnalysis.Reports;

/// <summary>All refusals by one check.</summary>
/// <param name="Check">The check's id.</param>
/// <param name="Count">How often it refused.</param>
/// <param name="Site">The code that refused first.</param>
/// <param name="Result">What it answered first, a result by name.</param>
/// <param name="Errno">What the program saw, by name.</param>
/// <param name="FirstRequest">The first request that it refused.</param>
/// <param name="Pairs">What was given and expected, the most frequent first; empty when the trace recorded no checks.</param>
public sealed record RefusalTotals(
    string Check, long Count, string Site, string Result, string Errno, ulong FirstRequest, IReadOnlyList<RefusedPair> Pairs);
