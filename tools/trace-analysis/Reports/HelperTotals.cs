namespace KernelSim.TraceAnalysis.Reports;

/// <summary>All calls of one helper on one map by programs.</summary>
/// <param name="Helper">The helper, by the name that programs call it.</param>
/// <param name="MapId">Id of the map.</param>
/// <param name="Calls">Number of calls.</param>
/// <param name="Failures">Number of failures by result, most frequent first.</param>
public sealed record HelperTotals(string Helper, long MapId, long Calls, IReadOnlyList<KeyValuePair<string, long>> Failures);
