namespace KernelSim.EbpfCore.Rings;

/// <summary>What a writer asks about its reader when it submits or gives up a record: <c>EBPF_RINGBUF_FLAG_*</c>.</summary>
[Flags]
public enum RingWakeup : ulong
{
    /// <summary>Sets the reader's event if anything is unread.</summary>
    Default = 0,

    /// <summary><c>EBPF_RINGBUF_FLAG_NO_WAKEUP</c>: leaves the event alone.</summary>
    No = 1,

    /// <summary><c>EBPF_RINGBUF_FLAG_FORCE_WAKEUP</c>: sets the event whatever is unread; stronger than <see cref="No"/>.</summary>
    Force = 2,
}
