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
