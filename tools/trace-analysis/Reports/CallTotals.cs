namespace KernelSim.TraceAnalysis.Reports;

/// <summary>All calls of one function of the library, or all requests of one operation that no library call made.</summary>
/// <param name="Function">The function in its C spelling, or the operation.</param>
/// <param name="Calls">Number of calls that began.</param>
/// <param name="Unfinished">Number of calls that never returned in this trace: the process ended, or the trace did.</param>
/// <param name="Errnos">Number of failures by errno, most frequent first.</param>
/// <param name="MeanUs">Mean duration of those that returned, in microseconds.</param>
/// <param name="MedianUs">Median duration, within an eighth.</param>
/// <param name="P99Us">99th percentile of the duration, within an eighth.</param>
/// <param name="MaxUs">Longest duration, in microseconds.</param>
/// <param name="Crossings">Number of their requests to the kernel.</param>
/// <param name="Copies">Number of copies, if the trace recorded them.</param>
/// <param name="Bytes">Bytes copied, each stage counted.</param>
public sealed record CallTotals(
    string Function,
    long Calls,
    long Unfinished,
    IReadOnlyList<KeyValuePair<string, long>> Errnos,
    double MeanUs,
    double MedianUs,
    double P99Us,
    double MaxUs,
    long Crossings,
    long Copies,
    long Bytes)
{
    /// <summary>Number of failed calls.</summary>
    public long Failed => Errnos.Sum(e => e.Value);
}
