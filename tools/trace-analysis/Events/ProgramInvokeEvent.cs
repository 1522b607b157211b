namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program ran, including the programs that it tail-called.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Name">Name of the program.</param>
/// <param name="ReturnValue">The return value.</param>
/// <param name="TailCalls">Number of tail calls.</param>
public sealed record ProgramInvokeEvent(EventHeader Header, long ProgramId, string Name, long ReturnValue, long TailCalls)
    : TracedEvent(Header);
