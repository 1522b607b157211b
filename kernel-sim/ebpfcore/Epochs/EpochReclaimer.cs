using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>Frees blocks that no reader can reach any more. Registered with <see cref="EpochManager.Register"/>.</summary>
internal abstract unsafe class EpochReclaimer
{
    /// <summary>The number that stands for it in free entries.</summary>
    public int Number { get; set; }

    /// <summary>Frees a run of its blocks, oldest first. Called at DISPATCH_LEVEL on the processor on which they were retired.</summary>
    public abstract void Reclaim(KeThread current, ReadOnlySpan<EpochFreeEntry> entries);
}
