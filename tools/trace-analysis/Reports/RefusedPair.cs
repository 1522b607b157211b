namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Two numbers whose comparison refused a request.</summary>
/// <param name="What">What was compared.</param>
/// <param name="Given">The number given.</param>
/// <param name="Expected">The number expected.</param>
/// <param name="Count">Number of refusals.</param>
public sealed record RefusedPair(string What, long Given, long Expected, long Count);
