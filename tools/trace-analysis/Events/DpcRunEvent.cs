namespace KernelSim.TraceAnalysis.Events;

/// <summary>A processor ran a deferred procedure call.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Routine">The routine's name.</param>
public sealed record DpcRunEvent(EventHeader Header, string Routine) : TracedEvent(Header);
