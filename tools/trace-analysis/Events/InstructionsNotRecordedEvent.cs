namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program ran in an engine that shows no instructions, although the session asked for them.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Program">Name of the program.</param>
/// <param name="Engine">How it ran.</param>
public sealed record InstructionsNotRecordedEvent(EventHeader Header, long ProgramId, string Program, string Engine)
    : TracedEvent(Header);
