namespace KernelSim.TraceAnalysis.Events;

/// <summary>An event that has no type of its own here: everything that it says is in its payload.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
public sealed record OtherEvent(EventHeader Header) : TracedEvent(Header);
