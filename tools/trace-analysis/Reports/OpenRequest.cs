using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>A request in progress, while a report is being built.</summary>
/// <param name="Id">Id of the request.</param>
/// <param name="Function">The function called, or the operation if there was no library call.</param>
/// <param name="StartUs">Start time in microseconds.</param>
/// <param name="IsCall">Whether it is a library call.</param>
internal sealed record OpenRequest(ulong Id, string Function, double StartUs, bool IsCall)
{
    public long Crossings { get; set; }

    public long Copies { get; set; }

    public long Bytes { get; set; }

    /// <summary>The map that it reached last; null before it reached one.</summary>
    public long? MapId { get; set; }

    /// <summary>All maps that it reached.</summary>
    public HashSet<long> Reached { get; } = [];

    /// <summary>The last check that did not pass.</summary>
    public SizeCheckEvent? Failed { get; set; }
}
