using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>Returns blocks to pool.</summary>
internal sealed unsafe class PoolReclaimer(Pool pool, PoolTag tag) : EpochReclaimer
{
    /// <summary>The tag of its blocks.</summary>
    public PoolTag Tag => tag;

    /// <inheritdoc/>
    public override void Reclaim(KeThread current, ReadOnlySpan<EpochFreeEntry> entries)
    {
        foreach (ref readonly EpochFreeEntry entry in entries)
        {
            pool.Free(entry.Block, tag);
        }
    }
}
