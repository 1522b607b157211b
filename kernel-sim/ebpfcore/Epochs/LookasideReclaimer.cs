using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>Returns blocks to the lookaside list that they came from.</summary>
internal sealed unsafe class LookasideReclaimer(LookasideList list) : EpochReclaimer
{
    /// <inheritdoc/>
    public override void Reclaim(KeThread current, ReadOnlySpan<EpochFreeEntry> entries)
    {
        foreach (ref readonly EpochFreeEntry entry in entries)
        {
            list.Free(current, entry.Block);
        }
    }
}
