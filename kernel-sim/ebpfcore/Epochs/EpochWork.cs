using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// Something to do once every epoch that is open now has ended: <c>ebpf_epoch_schedule_work_item</c>, and upstream's
/// synchronization entries. Runs once, at DISPATCH_LEVEL, on the processor on which it was deferred.
/// </summary>
internal abstract class EpochWork
{
    /// <summary>True when somebody waits for it, so that it must not be left to a timer.</summary>
    public virtual bool IsAwaited => false;

    /// <summary>What traces call it.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The request that put it off.</summary>
    public ulong RequestId { get; set; }

    /// <summary>Does it.</summary>
    public abstract void Run(KeThread current);
}
