namespace KernelSim.EbpfCore.Rings;

/// <summary>What a writer requests for its reader when it submits or discards a record: <c>EBPF_RINGBUF_FLAG_*</c>.</summary>
[Flags]
public enum RingWakeup : ulong
{
    /// <summary>Sets the reader's event if anything is unread.</summary>
    Default = 0,

    /// <summary><c>EBPF_RINGBUF_FLAG_NO_WAKEUP</c>: does not set the event.</summary>
    No = 1,

    /// <summary><c>EBPF_RINGBUF_FLAG_FORCE_WAKEUP</c>: sets the event even if nothing is unread; overrides <see cref="No"/>.</summary>
    Force = 2,
}
