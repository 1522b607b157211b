namespace KernelSim.TraceAnalysis.Events;

/// <summary>A test run of a program ended.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Result">The driver's result by name.</param>
/// <param name="ReturnValue">The return value of the last run.</param>
/// <param name="DurationNs">Nanoseconds per run.</param>
public sealed record TestRunEndEvent(EventHeader Header, long ProgramId, string Result, long ReturnValue, long DurationNs)
    : TracedEvent(Header);
