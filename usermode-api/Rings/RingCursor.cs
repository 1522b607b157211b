using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Rings;

/// <summary>
/// The reader of one mapped ring: its position, and the next record. One thread at a time reads a ring; the offset in the consumer page
/// is the only persistent state, so readers may take turns.
/// </summary>
internal sealed class RingCursor(RingMapping mapping)
{
    private const string ConsumerSite = "library:ring.consumer_page";
    private const string ProducerSite = "library:ring.producer_page";
    private const string RecordSite = "library:ring.record";
    private const int LostRecordsOffset = 64;

    private readonly ulong _consumerPage = mapping.Consumer;
    private readonly ulong _data = mapping.Data;
    private readonly ulong _dataSize = mapping.DataSize;
    private ulong _consumer;
    private ulong _position; // _consumer modulo the ring's size
    private ulong _producer;
    private uint _recordBytes;

    /// <summary>The addresses of the mapped ring.</summary>
    public RingMapping Mapping => mapping;

    /// <summary>The reader's position.</summary>
    public ulong Consumer => _consumer;

    /// <summary>Reads the positions of reader and writers. Within a call.</summary>
    public void Begin(IUserMemory memory)
    {
        MoveTo(Volatile.Read(ref At<ulong>(memory, _consumerPage, MemoryAccess.Read, ConsumerSite)));
        ReadProducer(memory);
    }

    /// <summary>Sets the positions of reader and writers, as given by the driver.</summary>
    public void Begin(ulong consumer, ulong producer)
    {
        MoveTo(consumer);
        _producer = producer;
    }

    /// <summary>
    /// Finds the next record, skipping discarded ones. False at the end, or at a record that is still being written: records
    /// are read in order.
    /// </summary>
    /// <param name="memory">The process's memory; within a call.</param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="length">Size of the payload in bytes.</param>
    public bool TryNext(IUserMemory memory, out ulong data, out uint length)
    {
        while (_consumer < _producer)
        {
            // Read after the producer offset, before the payload: the writer's unlock is a release.
            ulong record = _data + _position;
            uint header = Volatile.Read(ref At<uint>(memory, record, MemoryAccess.Read, RecordSite));
            if ((header & RingRecordHeader.LockedBit) != 0)
            {
                break;
            }

            length = header & RingRecordHeader.LengthMask;
            _recordBytes = (length + RingRecordHeader.ByteCount + RingRecordHeader.Alignment - 1) & ~(RingRecordHeader.Alignment - 1u);
            if ((header & RingRecordHeader.DiscardedBit) == 0)
            {
                data = record + RingRecordHeader.ByteCount;
                return true;
            }

            Advance(memory);
        }

        data = 0;
        length = 0;
        return false;
    }

    /// <summary>Marks the found record as read: its room returns to the ring.</summary>
    public void Advance(IUserMemory memory)
    {
        Skip();

        // Release: reads of the record complete before a writer may reuse its room.
        Volatile.Write(ref At<ulong>(memory, _consumerPage, MemoryAccess.Write, ConsumerSite), _consumer);
        if (_consumer >= _producer)
        {
            ReadProducer(memory);
        }
    }

    /// <summary>Advances past the found record without updating the consumer page: a query will.</summary>
    public void Skip()
    {
        _consumer += _recordBytes;
        _position += _recordBytes;
        if (_position >= _dataSize)
        {
            _position %= _dataSize;
        }
    }

    /// <summary>Number of lost records; for perf event arrays.</summary>
    public ulong LostRecords(IUserMemory memory) =>
        Volatile.Read(ref At<ulong>(memory, mapping.Producer + LostRecordsOffset, MemoryAccess.Read, ProducerSite));

    private void MoveTo(ulong consumer) => (_consumer, _position) = (consumer, consumer % _dataSize);

    private void ReadProducer(IUserMemory memory) =>
        _producer = Volatile.Read(ref At<ulong>(memory, mapping.Producer, MemoryAccess.Read, ProducerSite));

    private static ref T At<T>(IUserMemory memory, ulong address, MemoryAccess access, string site)
        where T : unmanaged => ref MemoryMarshal.AsRef<T>(memory.Access(address, (uint)Unsafe.SizeOf<T>(), access, site));
}
