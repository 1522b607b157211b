namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program was created, without code.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Name">Name of the program.</param>
/// <param name="ProgramType">Its type, by name or GUID.</param>
public sealed record ProgramCreateEvent(EventHeader Header, long ProgramId, string Name, string ProgramType)
    : TracedEvent(Header);
