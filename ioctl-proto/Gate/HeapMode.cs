namespace KernelSim.Protocol.Gate;

/// <summary>How a simulated process's heap lays out its blocks.</summary>
public enum HeapMode
{
    /// <summary>Blocks lie side by side: an overrun silently reaches the neighbour, as in life.</summary>
    Packed,

    /// <summary>Every block ends at an inaccessible guard page: an overrun faults on its first byte.</summary>
    Guarded,
}
