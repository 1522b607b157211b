namespace KernelSim.TraceAnalysis.Reports;

/// <summary>An access violation of a process.</summary>
/// <param name="Request">Id of the request in which it happened.</param>
/// <param name="ProcessId">Id of the process.</param>
/// <param name="Access">Read or write.</param>
/// <param name="Address">The first inaccessible byte.</param>
/// <param name="Length">Bytes wanted.</param>
/// <param name="Site">The code that did it.</param>
public sealed record FaultSummary(ulong Request, int ProcessId, string Access, ulong Address, long Length, string Site);
