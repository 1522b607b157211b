namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Two numbers over which a check refused.</summary>
/// <param name="What">What was compared.</param>
/// <param name="Given">What came.</param>
/// <param name="Expected">What should have come.</param>
/// <param name="Count">How often.</param>
public sealed record RefusedPair(string What, long Given, long Expected, long Count);
