namespace KernelSim.TraceAnalysis.Events;

/// <summary>Memory was replaced or removed and waits for its readers.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Bytes">Size of the memory in bytes.</param>
/// <param name="Address">Address of the memory.</param>
/// <param name="Epoch">The epoch whose readers must leave first.</param>
public sealed record EpochRetireEvent(EventHeader Header, long Bytes, ulong Address, long Epoch)
    : TracedEvent(Header);
