namespace KernelSim.TraceAnalysis.Reports;

/// <summary>The activity of one simulated processor.</summary>
/// <param name="Processor">Number of the processor; -1 is user mode.</param>
/// <param name="Events">Number of events on it.</param>
/// <param name="Requests">Number of control requests that reached the kernel on it.</param>
/// <param name="Dpcs">Number of deferred procedure calls that it ran.</param>
/// <param name="Copies">Number of copies.</param>
/// <param name="Bytes">Bytes copied.</param>
public sealed record CpuTotals(int Processor, long Events, long Requests, long Dpcs, long Copies, long Bytes);
