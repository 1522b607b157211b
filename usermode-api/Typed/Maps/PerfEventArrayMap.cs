using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>A ring for each CPU: <c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c>. A program writes to its own CPU's.</summary>
public sealed class PerfEventArrayMap : RecordMap
{
    internal PerfEventArrayMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Opens a reader of all CPUs' rings.</summary>
    public PerfEventArrayReader OpenReader() => new(this);

    /// <summary>Writes a record from user mode, into the ring of the CPU that serves the call.</summary>
    /// <param name="record">The payload, at least one byte.</param>
    /// <returns>False when that ring is full; it counts the record as lost.</returns>
    public bool TryWrite(ReadOnlySpan<byte> record) => TryWrite(record, BpfMapType.PerfEventArray);
}

public sealed partial class BpfSession
{
    /// <summary>Creates a ring for each possible CPU.</summary>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="bytes">See <see cref="CreateRingBufferMap"/>, for each CPU.</param>
    public PerfEventArrayMap CreatePerfEventArrayMap(string name, uint bytes) =>
        new(this, Create(BpfMapType.PerfEventArray, name, keySize: 0, valueSize: 0, bytes));

    /// <summary>Opens a perf event array by its id.</summary>
    /// <param name="id">Id of the map.</param>
    public PerfEventArrayMap OpenPerfEventArrayMap(uint id) => new(this, Open(BpfMapType.PerfEventArray, id, keySize: -1, valueSize: -1));
}
