using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>A pool block was allocated or freed.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Tag">The pool tag, four characters.</param>
/// <param name="Bytes">Size of the block in bytes.</param>
/// <param name="Address">Address of the block.</param>
public sealed record PoolEvent(EventHeader Header, string Tag, long Bytes, ulong Address)
    : TracedEvent(Header)
{
    /// <summary>True if the block was allocated, false if it was freed.</summary>
    public bool IsAllocation => Header.Name == nameof(KernelEventSource.PoolAllocate);
}
