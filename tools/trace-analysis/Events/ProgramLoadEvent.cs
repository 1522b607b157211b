namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program's code was loaded, or refused.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="CodeType">Type of the code.</param>
/// <param name="Bytes">Size of the code in bytes.</param>
/// <param name="Result">The driver's result by name.</param>
public sealed record ProgramLoadEvent(EventHeader Header, long ProgramId, string CodeType, long Bytes, string Result)
    : TracedEvent(Header);
