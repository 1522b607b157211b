using KernelSim.Protocol.Gate;
using KernelSim.UserMode.RingBuffers;

namespace KernelSim.UserMode;

/// <summary>
/// A manager of ring buffers as C code holds it: <c>struct ring_buffer</c>. It owns an event and the mapped rings until
/// <see cref="Libbpf.ring_buffer__free"/>; its contents are the library's.
/// </summary>
public sealed class ring_buffer
{
    internal ring_buffer()
    {
    }

    /// <summary>The rings that it reads, in the order in which they were added.</summary>
    internal List<MappedRing> Rings { get; } = [];

    /// <summary>The event that all of them set; <see cref="NtHandle.Invalid"/> with automatic callbacks.</summary>
    internal NtHandle WaitHandle { get; set; } = NtHandle.Invalid;

    /// <summary>Who calls back by himself; null when the program polls.</summary>
    internal RingSubscription? Subscription { get; set; }
}
