namespace KernelSim.TraceAnalysis.Reports;

/// <summary>All calls that programs made of one helper on one map.</summary>
/// <param name="Helper">The helper, by the name that programs call it.</param>
/// <param name="MapId">The map.</param>
/// <param name="Calls">How many.</param>
/// <param name="Failures">How many ended with which result but success, the most frequent first.</param>
public sealed record HelperTotals(string Helper, long MapId, long Calls, IReadOnlyList<KeyValuePair<string, long>> Failures);
