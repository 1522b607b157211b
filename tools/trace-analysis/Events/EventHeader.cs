namespace KernelSim.TraceAnalysis.Events;

/// <summary>What every event of a trace has, whatever it tells.</summary>
/// <param name="Position">Its place in the trace, from 0: events are in the order of their time.</param>
/// <param name="TimeUs">When, in microseconds after the recording began.</param>
/// <param name="Provider">Who wrote it, such as <c>KernelSim-Kernel</c>.</param>
/// <param name="Name">Its name, such as <c>IoctlStart</c>.</param>
/// <param name="Level">How much it matters: <c>Verbose</c> to <c>Critical</c>.</param>
/// <param name="Payload">All its fields.</param>
public sealed record EventHeader(int Position, double TimeUs, string Provider, string Name, string Level, EventPayload Payload)
{
    /// <summary>Its keywords: with its level, what sessions choose events by.</summary>
    public long Keywords { get; init; }

    /// <summary>The host process that wrote it; a .nettrace file has one, an .etl file may have many.</summary>
    public int HostProcessId { get; init; }

    /// <summary>The host thread that wrote it, by the host's number.</summary>
    public long HostThreadId { get; init; }
}
