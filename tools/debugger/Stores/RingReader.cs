using KernelSim.Debugger.Structures;
using KernelSim.EbpfCore.Rings;
using KernelSim.Protocol.Messages;

namespace KernelSim.Debugger.Stores;

/// <summary>
/// The offsets and the unread records of a ring. The reader's offset is user mode's: any number. Records are found from it on, so there are none to
/// show if it is not within the ring.
/// </summary>
/// <param name="memory">The kernel's memory.</param>
/// <param name="ring">The ring.</param>
internal sealed class RingReader(KernelMemory memory, RingView ring)
{
    /// <summary>The state of a record that its reader can take.</summary>
    public const string Ready = "ready";

    private const int LostRecordsOffset = Ring.LostRecordsOffset;

    /// <summary>The reader's offset; null if it cannot be read.</summary>
    public ulong? Consumer => Word(ring.Consumer.Range.Host);

    /// <summary>The writers' offset.</summary>
    public ulong? Producer => Word(ring.Producer.Range.Host);

    /// <summary>Number of records that did not fit.</summary>
    public ulong? Lost => Word(ring.Producer.Range.Host + LostRecordsOffset);

    /// <summary>The unread records, oldest first.</summary>
    public IEnumerable<RingRecordView> Records(Damage damage)
    {
        uint capacity = ring.Capacity;
        MemoryRange data = ring.Data.Range;
        if (Consumer is not { } at || Producer is not { } end)
        {
            damage.Report($"ring {ring.Index}: its offsets cannot be read");
            yield break;
        }

        if (end - at > capacity)
        {
            damage.Report($"ring {ring.Index}: the reader's offset is {at}, expected at most {capacity} bytes before the writers', {end}");
            yield break;
        }

        while (at < end)
        {
            ulong place = data.Host + (at & (capacity - 1));
            if (!memory.TryReadHost(place, out RingRecordHeader header)
                || RingLayout.RecordBytes(header.Length & RingRecordHeader.LengthMask) is var bytes && bytes > end - at)
            {
                damage.Report($"ring {ring.Index}: the record at offset {at} has {header.Length & RingRecordHeader.LengthMask} bytes, expected "
                    + $"at most the {end - at} up to the writers' offset");
                yield break;
            }

            byte[] payload = new byte[header.Length & RingRecordHeader.LengthMask];
            if (!memory.TryReadHost(place + RingRecordHeader.ByteCount, payload))
            {
                damage.Report($"ring {ring.Index}: the record at offset {at} cannot be read");
                yield break;
            }

            yield return new RingRecordView(ring.Index, at, StateOf(header.Length), payload);
            at += bytes;
        }
    }

    private static string StateOf(uint length) =>
        (length & RingRecordHeader.LockedBit) != 0 ? "locked" : (length & RingRecordHeader.DiscardedBit) != 0 ? "discarded" : Ready;

    private ulong? Word(ulong host) => memory.TryReadHost(host, out ulong word) ? word : null;
}

/// <summary>A record of a ring.</summary>
/// <param name="Ring">Index of the ring.</param>
/// <param name="Offset">Its start, in bytes since the ring was created.</param>
/// <param name="State">Whether its reader can take it: ready, locked or discarded.</param>
/// <param name="Data">Its payload.</param>
internal readonly record struct RingRecordView(int Ring, ulong Offset, string State, byte[] Data);
