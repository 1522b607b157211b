namespace KernelSim.TraceAnalysis.Events;

/// <summary>A machine booted.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Cpus">Number of possible CPUs.</param>
/// <param name="Seed">The seed of its random numbers.</param>
public sealed record MachineStartEvent(EventHeader Header, int Cpus, ulong Seed)
    : TracedEvent(Header);
