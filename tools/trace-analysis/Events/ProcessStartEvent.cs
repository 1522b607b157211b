namespace KernelSim.TraceAnalysis.Events;

/// <summary>A user process started.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProcessId">Id of the process.</param>
/// <param name="Name">Image name of the process.</param>
/// <param name="Administrator">Whether it is elevated.</param>
/// <param name="Heap">The mode of its heap: packed or guarded.</param>
public sealed record ProcessStartEvent(EventHeader Header, int ProcessId, string Name, bool Administrator, string Heap)
    : TracedEvent(Header);
