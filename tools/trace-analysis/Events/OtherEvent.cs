namespace KernelSim.TraceAnalysis.Events;

/// <summary>An event without a type of its own: its contents are in its payload.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
public sealed record OtherEvent(EventHeader Header) : TracedEvent(Header);
