namespace KernelSim.TraceAnalysis.Reports;

/// <summary>All calls of one function of the library, or all requests of one operation that no library call made.</summary>
/// <param name="Function">The function in its C spelling, or the operation.</param>
/// <param name="Calls">Number of calls that began.</param>
/// <param name="Unfinished">Number of calls that never returned in this trace: the process ended, or the trace did.</param>
/// <param name="Errnos">
/// Number of failures by errno, most frequent first; for requests without a library call, by the errno that the library decodes their
/// status to.
/// </param>
/// <param name="MeanUs">Mean duration of those that returned, in microseconds.</param>
/// <param name="MedianUs">Half of them took no longer: an upper bound, at most 1/64 above the median.</param>
/// <param name="P99Us">Ninety-nine of a hundred took no longer: likewise an upper bound.</param>
/// <param name="MaxUs">The longest, in microseconds.</param>
/// <param name="Crossings">Requests to the kernel that they made.</param>
/// <param name="Copies">Movements of bytes, where the trace recorded them.</param>
/// <param name="Bytes">Bytes moved, each stage counted.</param>
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
    /// <summary>How long the first took that returned, in microseconds; null when none did.</summary>
    public double? FirstUs { get; init; }

    /// <summary>How long those took that returned after the first; null when there are none.</summary>
    public Durations? Later { get; init; }

    /// <summary>How many failed.</summary>
    public long Failed => Errnos.Sum(e => e.Value);
}
