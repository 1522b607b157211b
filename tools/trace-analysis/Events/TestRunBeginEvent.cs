namespace KernelSim.TraceAnalysis.Events;

/// <summary>A test run of a program begins.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Repeat">Number of runs requested.</param>
public sealed record TestRunBeginEvent(EventHeader Header, long ProgramId, long Repeat)
    : TracedEvent(Header);
