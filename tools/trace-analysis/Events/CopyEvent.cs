namespace KernelSim.TraceAnalysis.Events;

/// <summary>Bytes were copied.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Stage">One of CopyStage.</param>
/// <param name="Element">Index of the element in the batch; -1: a whole message.</param>
/// <param name="Slot">The CPU whose slot it is; -1: all slots.</param>
/// <param name="Source">Address read from.</param>
/// <param name="Destination">Address written to.</param>
/// <param name="Bytes">Number of bytes.</param>
public sealed record CopyEvent(EventHeader Header, string Stage, long Element, int Slot, ulong Source, ulong Destination, long Bytes)
    : TracedEvent(Header);
