namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program called the library.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Function">The function, in its C spelling.</param>
/// <param name="Descriptor">The file descriptor passed to it, or -1.</param>
/// <param name="Count">The number of elements requested.</param>
public sealed record ApiCallStartEvent(EventHeader Header, string Function, int Descriptor, long Count)
    : TracedEvent(Header);
