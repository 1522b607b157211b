namespace KernelSim.TraceAnalysis.Events;

/// <summary>The memory that the application allocated for an argument: the application's testimony.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProcessId">The process that made the call; 0 in traces of versions that did not record it.</param>
/// <param name="Function">The function called.</param>
/// <param name="What">Name of the argument.</param>
/// <param name="Address">Start of the buffer.</param>
/// <param name="Bytes">Size of the rest of its heap block from there.</param>
public sealed record ApplicationBufferEvent(EventHeader Header, int ProcessId, string Function, string What, ulong Address, long Bytes)
    : TracedEvent(Header);
