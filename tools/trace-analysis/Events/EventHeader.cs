namespace KernelSim.TraceAnalysis.Events;

/// <summary>The fields common to all events of a trace.</summary>
/// <param name="Position">Index in the trace, from 0: events are ordered by time.</param>
/// <param name="TimeUs">Time in microseconds since the recording began.</param>
/// <param name="Provider">The provider, such as <c>KernelSim-Kernel</c>.</param>
/// <param name="Name">Name of the event, such as <c>IoctlStart</c>.</param>
/// <param name="Level">Severity: <c>Verbose</c> to <c>Critical</c>.</param>
/// <param name="Payload">All fields, untyped.</param>
public sealed record EventHeader(int Position, double TimeUs, string Provider, string Name, string Level, EventPayload Payload)
{
    /// <summary>The event's keywords, by which sessions select events together with the level.</summary>
    public long Keywords { get; init; }

    /// <summary>The host process that wrote it; a .nettrace file has one, an .etl file may have many.</summary>
    public int HostProcessId { get; init; }

    /// <summary>The host thread that wrote it, by the host's number.</summary>
    public long HostThreadId { get; init; }
}
