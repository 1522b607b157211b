namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// A block that waits until no reader can reach it: 16 bytes in a ring of its processor. The entry is outside the block (upstream puts a
/// header before it), so a waiting block keeps all its bytes and its cache line is not touched.
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

    /// <summary>The maximum number of reclaimers that can be registered at a time.</summary>
    public const int MaxReclaimers = 1 << ReclaimerBits;

    /// <summary>The retired block.</summary>
    public byte* Block => _block;

    /// <summary>The epoch in which it was retired: it is freed once that epoch is released.</summary>
    public ulong Stamp => _stampAndReclaimer >> ReclaimerBits;

    /// <summary>The reclaimer that frees it: a number assigned by <see cref="EpochManager.Register"/>.</summary>
    public int Reclaimer => (int)(_stampAndReclaimer & (MaxReclaimers - 1));
}
