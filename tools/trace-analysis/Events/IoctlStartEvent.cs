namespace KernelSim.TraceAnalysis.Events;

/// <summary>A control request reached the I/O manager.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProcessId">The process that sent it.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="InputLength">Length of the request in bytes.</param>
/// <param name="OutputLength">Bytes of room for the reply.</param>
public sealed record IoctlStartEvent(EventHeader Header, int ProcessId, string Operation, long InputLength, long OutputLength)
    : TracedEvent(Header);
