using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode.RingBuffers;

/// <summary>What <see cref="NewRingsCall"/> has made: an event, or a subscription.</summary>
internal sealed class NewRings
{
    /// <summary>The event of a manager that is polled.</summary>
    public NtHandle WaitHandle { get; set; } = NtHandle.Invalid;

    /// <summary>Who calls back by himself.</summary>
    public RingSubscription? Subscription { get; set; }
}
