namespace KernelSim.TraceAnalysis.Events;

/// <summary>A hook ran a link's program.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="LinkId">The link's id.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Result">The program's return value.</param>
/// <param name="Status">Whether it ran: the driver's result by name.</param>
public sealed record HookInvokeEvent(EventHeader Header, long LinkId, long ProgramId, long Result, string Status)
    : TracedEvent(Header);
