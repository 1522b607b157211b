namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program printed a line.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Text">The printed line.</param>
public sealed record PrintkEvent(EventHeader Header, long ProgramId, string Text)
    : TracedEvent(Header);
