using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>A ring buffer: <c>BPF_MAP_TYPE_RINGBUF</c>. Programs on any CPU write records, one reader reads them in order.</summary>
public sealed class RingBufferMap : RecordMap
{
    internal RingBufferMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Opens a reader.</summary>
    public RingBufferReader OpenReader() => new(this);

    /// <summary>Writes a record from user mode.</summary>
    /// <param name="record">The payload, at least one byte.</param>
    /// <returns>False if the ring is full.</returns>
    public bool TryWrite(ReadOnlySpan<byte> record) => TryWrite(record, BpfMapType.Ringbuf);
}
