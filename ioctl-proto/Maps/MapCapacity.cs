namespace KernelSim.Protocol;

/// <summary>What a map type does with <c>max_entries</c>.</summary>
public enum MapCapacity
{
    /// <summary>A hint for the number of buckets: more elements can be inserted.</summary>
    Hint,

    /// <summary>The number of slots: a larger index does not exist.</summary>
    Slots,

    /// <summary>A full map throws its least recently used element out.</summary>
    Evicts,

    /// <summary>A full map refuses: <see cref="EbpfResult.OutOfSpace"/>.</summary>
    Refuses,

    /// <summary>Bytes of a ring, a power of two and whole pages.</summary>
    RingBytes,
}
