namespace KernelSim.Protocol;

/// <summary>What a map type does with <c>max_entries</c>.</summary>
public enum MapCapacity
{
    /// <summary>A hint for the number of buckets: more elements can be inserted.</summary>
    Hint,

    /// <summary>The number of slots: a larger index does not exist.</summary>
    Slots,

    /// <summary>A full map evicts its least recently used element.</summary>
    Evicts,

    /// <summary>A full map refuses new elements: <see cref="EbpfResult.OutOfSpace"/>.</summary>
    Refuses,

    /// <summary>Size of a ring in bytes: a power of two, and whole pages.</summary>
    RingBytes,
}
