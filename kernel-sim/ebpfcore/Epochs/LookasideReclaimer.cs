using KernelSim.EbpfCore.Hash;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>Gives blocks back to the lookaside list that they came from.</summary>
internal sealed unsafe class LookasideReclaimer(LookasideList list) : EpochReclaimer
{
    private const int FetchAhead = 8;

    /// <inheritdoc/>
    public override void Reclaim(KeThread current, ReadOnlySpan<EpochFreeEntry> entries)
    {
        int number = Number;
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Reclaimer == number)
            {
                // A block on the list is linked through its first bytes, and has not been touched for a while.
                Prefetch.Line(entries[Math.Min(i + FetchAhead, entries.Length - 1)].Block);
                list.Free(current, entries[i].Block);
            }
        }
    }
}
