namespace KernelSim.TraceAnalysis.Reports;

/// <summary>One of the requests that took longest.</summary>
/// <param name="Id">The request.</param>
/// <param name="Function">The function called, or the operation.</param>
/// <param name="DurationUs">How long it took, in microseconds.</param>
/// <param name="Errno">How it failed, by name; empty on success.</param>
/// <param name="Crossings">Requests to the kernel that it made.</param>
/// <param name="Bytes">Bytes that it moved.</param>
public sealed record SlowRequest(ulong Id, string Function, double DurationUs, string Errno, long Crossings, long Bytes);
