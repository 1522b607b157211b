using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// Work to run once every epoch that is open now has ended: <c>ebpf_epoch_schedule_work_item</c>, and upstream's
/// synchronization entries. Runs once, at DISPATCH_LEVEL, on the processor on which it was deferred.
/// </summary>
internal abstract class EpochWork
{
    /// <summary>The work's name in traces.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Id of the request that deferred it.</summary>
    public ulong RequestId { get; set; }

    /// <summary>Performs the deferred work.</summary>
    public abstract void Run(KeThread current);
}
