namespace KernelSim.TraceAnalysis.Events;

/// <summary>The published epoch advanced, and memory that no reader can reach any more was freed.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Published">The epoch that new readers enter.</param>
/// <param name="Released">The last epoch that no reader is in.</param>
/// <param name="FreedBlocks">Number of blocks that were freed, and of deferred work items that were run.</param>
public sealed record EpochAdvanceEvent(EventHeader Header, long Published, long Released, long FreedBlocks)
    : TracedEvent(Header);
