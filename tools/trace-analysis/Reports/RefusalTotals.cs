namespace KernelSim.TraceAnalysis.Reports;

/// <summary>All refusals by one check.</summary>
/// <param name="Check">The check's id.</param>
/// <param name="Count">Number of refusals.</param>
/// <param name="Site">The code that refused first.</param>
/// <param name="Result">The first result, by name.</param>
/// <param name="Errno">The errno that the program saw, by name.</param>
/// <param name="FirstRequest">Id of the first refused request.</param>
/// <param name="Pairs">The pairs of numbers, most frequent first; empty if the trace recorded no checks.</param>
public sealed record RefusalTotals(
    string Check, long Count, string Site, string Result, string Errno, ulong FirstRequest, IReadOnlyList<RefusedPair> Pairs);
