namespace KernelSim.TraceAnalysis.Events;

/// <summary>The library returned to the program.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Function">The function, in its C spelling.</param>
/// <param name="Result">The return value.</param>
/// <param name="Errno">The name of the errno, empty on success.</param>
/// <param name="Count">The number of elements done.</param>
public sealed record ApiCallStopEvent(EventHeader Header, string Function, int Result, string Errno, long Count)
    : TracedEvent(Header);
