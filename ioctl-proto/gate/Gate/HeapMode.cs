namespace KernelSim.Protocol.Gate;

/// <summary>How a simulated process's heap lays out its blocks.</summary>
public enum HeapMode
{
    /// <summary>Blocks are adjacent: an overrun silently reaches the next block, as in an ordinary heap.</summary>
    Packed,

    /// <summary>Every block ends at an inaccessible guard page: an overrun faults on its first byte.</summary>
    Guarded,
}
