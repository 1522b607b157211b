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

public sealed partial class BpfSession
{
    /// <summary>Creates a ring buffer.</summary>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="bytes">Size in bytes for unread records, each with a header of 8 and padded to 8: a power of two, at least 4096.</param>
    public RingBufferMap CreateRingBufferMap(string name, uint bytes) =>
        new(this, Create(BpfMapType.Ringbuf, name, keySize: 0, valueSize: 0, bytes));

    /// <summary>Opens a ring buffer by its id.</summary>
    /// <param name="id">Id of the map.</param>
    public RingBufferMap OpenRingBufferMap(uint id) => new(this, Open(BpfMapType.Ringbuf, id, keySize: -1, valueSize: -1));
}
