namespace KernelSim.TraceAnalysis.Reports;

/// <summary>A process that touched what it may not touch.</summary>
/// <param name="Request">The request in which it did.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="Access">Read or write.</param>
/// <param name="Address">The first byte that could not be reached.</param>
/// <param name="Length">Bytes wanted.</param>
/// <param name="Site">The code that did it.</param>
public sealed record FaultSummary(ulong Request, int ProcessId, string Access, ulong Address, long Length, string Site);
