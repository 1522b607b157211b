namespace KernelSim.TraceAnalysis.Reports;

/// <summary>What one simulated processor did.</summary>
/// <param name="Processor">Its number; -1 is user mode.</param>
/// <param name="Events">Events on it.</param>
/// <param name="Requests">Control requests that reached the kernel on it.</param>
/// <param name="Dpcs">Deferred procedure calls that it ran.</param>
/// <param name="Copies">Movements of bytes.</param>
/// <param name="Bytes">Bytes moved.</param>
public sealed record CpuTotals(int Processor, long Events, long Requests, long Dpcs, long Copies, long Bytes);
