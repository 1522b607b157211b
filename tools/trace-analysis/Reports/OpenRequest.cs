using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>A request that has begun and not ended, while a report is being made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Function">The function called, or the operation where no library call made it.</param>
/// <param name="StartUs">When it began.</param>
/// <param name="IsCall">Whether a library call made it.</param>
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
