using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode.Rings;

/// <summary>A ring that a manager reads, and the receiver of its records: <c>ebpf_ring_mapping_t</c>.</summary>
internal sealed class MappedRing(int fd, int index, RingMapping mapping, RingReceiver receiver)
{
    private readonly RingCursor _cursor = new(mapping);

    /// <summary>The map.</summary>
    public int Descriptor => fd;

    /// <summary>Index of the ring in its map: the CPU.</summary>
    public int Index => index;

    /// <summary>The addresses of the mapped ring.</summary>
    public RingMapping Mapping => mapping;

    /// <summary>Set once it is unmapped: a callback may free its own manager, and the ring must not be touched then.</summary>
    public bool IsReleased { get; set; }

    /// <summary>Number of lost records that have been reported to the program.</summary>
    public ulong LostCount { get; set; }

    /// <summary>Reads the ring's own count of lost records. Within a call.</summary>
    public ulong LostRecords(IUserMemory memory) => _cursor.LostRecords(memory);

    /// <summary>Reads the next record as a copy. Within a call.</summary>
    public bool TryRead(IUserMemory memory, out byte[] record)
    {
        _cursor.Begin(memory);
        if (!_cursor.TryNext(memory, out ulong data, out uint length))
        {
            record = [];
            return false;
        }

        record = memory.Access(data, length, MemoryAccess.Read, "library:ring.payload").ToArray();
        _cursor.Advance(memory);
        return true;
    }

    /// <summary>Passes every unread record to the receiver: <c>_process_ring_records</c>. Within a call.</summary>
    /// <returns>Number of records; or the negative number with which a callback stopped, whose record counts as read.</returns>
    public int Consume(IUserMemory memory)
    {
        _cursor.Begin(memory);
        if (receiver.PerfLost is { } lostCallback)
        {
            ulong lost = LostRecords(memory);
            if (lost != LostCount)
            {
                ulong more = lost - LostCount;
                LostCount = lost;
                lostCallback(receiver.Context, index, more);
            }
        }

        int records = 0;
        while (!IsReleased && _cursor.TryNext(memory, out ulong data, out uint length))
        {
            int result = receiver.Receive(index, data, length);
            if (!IsReleased)
            {
                _cursor.Advance(memory);
            }

            if (result < 0)
            {
                return result;
            }

            records++;
        }

        return records;
    }
}
