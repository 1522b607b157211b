using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>Signals a waiter that every epoch that was open has ended: upstream's synchronization entry.</summary>
internal sealed class EpochSignal(KEvent ended) : EpochWork
{
    /// <inheritdoc/>
    public override void Run(KeThread current) => ended.Set();
}
