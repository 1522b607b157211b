using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode.Rings;

/// <summary>The common part of a <see cref="ring_buffer"/> and a <see cref="perf_buffer"/>: an event and mapped rings, or a subscription.</summary>
internal sealed class RingManager
{
    /// <summary>The rings that it reads: in the order in which they were added, or by CPU.</summary>
    public List<MappedRing> Rings { get; } = [];

    /// <summary>The event that all of them set; <see cref="NtHandle.Invalid"/> with automatic callbacks, and once it is freed.</summary>
    public NtHandle WaitHandle { get; set; } = NtHandle.Invalid;

    /// <summary>The automatic callbacks; null if the program polls.</summary>
    public RingSubscription? Subscription { get; set; }
}
