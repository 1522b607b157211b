namespace KernelSim.TraceAnalysis.Events;

/// <summary>The kernel's layout of a map's elements: the kernel's testimony.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="MapId">The map's id.</param>
/// <param name="KeySize">Key size in bytes.</param>
/// <param name="ValueSize">Size of one CPU's value in bytes.</param>
/// <param name="Stride">Bytes from one CPU's value to the next.</param>
/// <param name="Total">Bytes of one element's value, all CPUs.</param>
/// <param name="Cpus">Number of CPUs with a value.</param>
public sealed record MapLayoutEvent(EventHeader Header, long MapId, long KeySize, long ValueSize, long Stride, long Total, int Cpus)
    : TracedEvent(Header);
