namespace KernelSim.TraceAnalysis.Reports;

/// <summary>One of the slowest requests.</summary>
/// <param name="Id">Id of the request.</param>
/// <param name="Function">The function called, or the operation.</param>
/// <param name="DurationUs">Duration in microseconds.</param>
/// <param name="Errno">The errno, by name; empty on success.</param>
/// <param name="Crossings">Number of its requests to the kernel.</param>
/// <param name="Bytes">Bytes that it copied.</param>
public sealed record SlowRequest(ulong Id, string Function, double DurationUs, string Errno, long Crossings, long Bytes)
{
    /// <summary>
    /// Whether it is the first of its function to return, whose duration <see cref="TraceReport.BeginsAtBoot"/> judges.
    /// </summary>
    public bool IsFirst { get; init; }
}
