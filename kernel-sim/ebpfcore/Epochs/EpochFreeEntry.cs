namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// A block that waits until nobody can reach it: 16 bytes in a ring of its processor. It stands outside the block (upstream puts a
/// header in front of it), so a waiting block is untouched to its last byte and its cache line stays where it is.
/// </summary>
internal readonly unsafe struct EpochFreeEntry
{
    // Stamp in the upper 40 bits, reclaimer in the lower 24: at one epoch each millisecond that lasts 34 years.
    private const int ReclaimerBits = 24;

    private readonly byte* _block;
    private readonly ulong _stampAndReclaimer;

    public EpochFreeEntry(byte* block, ulong stamp, int reclaimer)
    {
        _block = block;
        _stampAndReclaimer = (stamp << ReclaimerBits) | (uint)reclaimer;
    }

    /// <summary>The most reclaimers that can be registered at a time.</summary>
    public const int MaxReclaimers = 1 << ReclaimerBits;

    /// <summary>What waits.</summary>
    public byte* Block => _block;

    /// <summary>The epoch in which it was retired: it goes once that epoch is released.</summary>
    public ulong Stamp => _stampAndReclaimer >> ReclaimerBits;

    /// <summary>Who takes it back: a number that <see cref="EpochManager.Register"/> gave out.</summary>
    public int Reclaimer => (int)(_stampAndReclaimer & (MaxReclaimers - 1));
}
