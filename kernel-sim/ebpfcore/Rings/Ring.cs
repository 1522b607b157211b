using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Rings;

/// <summary>
/// One ring of records: <c>ebpf_ring_buffer_t</c>. Any number of writers (only the own processor in a perf event array), one reader in a process
/// that has the memory mapped, and at most one asynchronous query.
/// </summary>
/// <remarks>
/// <para>
/// Offsets count bytes since the ring was created and never wrap; a position is an offset modulo the capacity. A record is reserved
/// (locked), filled, and then submitted or discarded; readers take records in order and stop at a locked one.
/// </para>
/// <para>
/// The consumer page is untrusted. Its offset is read once for each decision, and no decision about memory depends on it: positions come from
/// the writers' own offset, which user mode cannot write, and a process that writes a wrong offset only loses its own records.
/// </para>
/// <para>Callers that pass a <c>site</c> want refusals reported; programs pass null.</para>
/// </remarks>
internal sealed unsafe class Ring
{
    /// <summary>Offset of a perf event array's count of lost records: <c>lost_records</c> of its producer page.</summary>
    internal const int LostRecordsOffset = 64;

    private readonly RingMemory _memory;
    private readonly ulong* _consumer;
    private readonly ulong* _producer;
    private readonly ulong* _lost;
    private readonly byte* _data;
    private readonly uint _capacity;
    private KSpinLock _reserveLock = new(CoreLockRanks.Ring);
    private ulong _reserved; // how far writers have reserved; guarded by the lock, or by being alone on the processor
    private ExEvent? _waitEvent;

    /// <param name="memory">The ring's memory; the ring takes over the references.</param>
    /// <param name="capacity">Size of the data in bytes, a power of two.</param>
    /// <param name="index">Index of the ring in its map.</param>
    /// <param name="hasOneWriter">True if only one processor writes, at DISPATCH_LEVEL: no lock is needed.</param>
    public Ring(RingMemory memory, uint capacity, int index, bool hasOneWriter)
    {
        _memory = memory;
        _capacity = capacity;
        _consumer = (ulong*)memory.Consumer.Memory;
        _producer = (ulong*)memory.Producer.Memory;
        _lost = (ulong*)(memory.Producer.Memory + LostRecordsOffset);
        _data = memory.Data.Memory;
        Index = index;
        HasOneWriter = hasOneWriter;
        Query = new RingQuery(this);
    }

    /// <summary>Index of the ring in its map.</summary>
    public int Index { get; }

    /// <summary>The map that it belongs to.</summary>
    public EbpfObject? Owner { get; set; }

    /// <summary>The map's id, for the trace.</summary>
    public uint MapId => Owner!.Id;

    /// <summary>Whether this is a ring of a perf event array, which only one processor writes.</summary>
    public bool HasOneWriter { get; }

    /// <summary>Size of the data in bytes.</summary>
    public uint Capacity => _capacity;

    /// <summary>The memory that user mode can map.</summary>
    public RingMemory Memory => _memory;

    /// <summary>The ring's asynchronous query.</summary>
    public RingQuery Query { get; }

    /// <summary>The reader's offset as user mode wrote it: any number.</summary>
    public ulong ConsumerOffset => Volatile.Read(ref *_consumer);

    /// <summary>The writers' offset. Read it before any part of a record: the headers up to here are then visible.</summary>
    public ulong ProducerOffset => Volatile.Read(ref *_producer);

    /// <summary>Number of lost records; 0 in a ring buffer, which does not count them.</summary>
    public ulong LostRecords => Volatile.Read(ref *_lost);

    /// <summary>The largest payload that it can ever hold, in bytes.</summary>
    public ulong LongestPayload => Math.Min(
        _capacity - RingRecordHeader.ByteCount, HasOneWriter ? RingLayout.LongestPayload - 1 : RingLayout.LongestPayload);

    /// <summary>Reserves room for a record and locks it: <c>ebpf_ring_buffer_reserve</c>, <c>..._reserve_exclusive</c>.</summary>
    /// <param name="current">The calling thread; at DISPATCH_LEVEL on its processor if the ring has one writer.</param>
    /// <param name="length">Size of the payload in bytes.</param>
    /// <param name="site">The caller, for traces; null for programs.</param>
    /// <param name="reservation">The reserved record, which must be submitted or discarded.</param>
    /// <remarks>
    /// Upstream reserves room with a compare-exchange and then spins until every earlier writer has published its own. Here a spin lock
    /// covers both, so the producer offset moves in the order of the records, and only over locked ones, by construction.
    /// </remarks>
    public EbpfResult Reserve(KeThread current, ulong length, string? site, out RingReservation reservation)
    {
        reservation = default;
        if (length - 1 >= LongestPayload)
        {
            current.Require(false, CheckTable.RingRecordLength, site, (long)length, (long)LongestPayload);
            return current.RefusedResult;
        }

        ulong bytes = RingLayout.RecordBytes(length);
        bool taken;
        ulong free;
        if (HasOneWriter)
        {
            taken = TryTakeRoom(length, bytes, out reservation, out free);
        }
        else
        {
            using SpinLockScope scope = _reserveLock.Acquire(current);
            taken = TryTakeRoom(length, bytes, out reservation, out free);
        }

        if (taken)
        {
            return EbpfResult.Success;
        }

        current.Require(false, CheckTable.RingRoom, site, (long)bytes, (long)free);
        return current.RefusedResult;
    }

    /// <summary>Fills a part of a reserved record's payload. No reader looks at it yet: plain stores suffice.</summary>
    public void Fill(in RingReservation reservation, uint at, byte* source, uint length)
    {
        uint position = PositionOf(reservation.Offset + RingRecordHeader.ByteCount + at);
        uint first = Math.Min(length, _capacity - position);
        if (first == length)
        {
            BlockCopy.CopyTwice(_data + position, _data + _capacity + position, source, length);
            return;
        }

        // First from its position on, across the middle; then the part in the first half is copied to the second, and vice versa.
        BlockCopy.Copy(_data + position, source, length);
        BlockCopy.Copy(_data + _capacity + position, source, first);
        BlockCopy.Copy(_data, source + first, length - first);
    }

    /// <summary>Makes a record available to readers: <c>ebpf_ring_buffer_submit</c>.</summary>
    public void Submit(KeThread current, in RingReservation reservation, RingWakeup wakeup)
    {
        Unlock(reservation, reservation.Length);
        if (KernelEventSource.Log.IsEnabled())
        {
            KernelEventSource.Log.RingSubmit(
                current.RequestId, current.ProcessorNumber, MapId, Index, reservation.Offset, reservation.Length);
        }

        Notify(current, wakeup);
    }

    /// <summary>Discards a record; readers skip it: <c>ebpf_ring_buffer_discard</c>.</summary>
    public void Discard(KeThread current, in RingReservation reservation, RingWakeup wakeup)
    {
        Unlock(reservation, reservation.Length | RingRecordHeader.DiscardedBit);
        KernelEventSource.Log.RingDiscard(
            current.RequestId, current.ProcessorNumber, MapId, Index, reservation.Offset, reservation.Length);
        Notify(current, wakeup);
    }

    /// <summary>Counts a lost record. At DISPATCH_LEVEL on the ring's own processor: no other thread counts.</summary>
    public void CountLost() => Volatile.Write(ref *_lost, *_lost + 1);

    /// <summary>Traces a lost record.</summary>
    public void TraceLost(KeThread current, ulong length, EbpfResult result)
    {
        if (KernelEventSource.Log.IsEnabled())
        {
            KernelEventSource.Log.RingLost(
                current.RequestId, current.ProcessorNumber, MapId, Index, (long)length, LostRecords, ResultConversions.NameOf(result));
        }
    }

    /// <summary>Frees the room of records that a reader has read: <c>ebpf_ring_buffer_return_buffer</c>.</summary>
    /// <param name="caller">The caller, for checks and traces.</param>
    /// <param name="offset">The reader's offset: on a record's boundary, with nothing locked before it.</param>
    public EbpfResult Return(in Caller caller, ulong offset)
    {
        ulong consumer = ConsumerOffset;
        ulong producer = ProducerOffset;
        if (!caller.Require(offset <= producer, CheckTable.RingReturnProducer, (long)offset, (long)producer))
        {
            return caller.Refused;
        }

        // Upstream walks from wherever the page points. From an impossible position it would walk for as long as user mode likes.
        bool possible = consumer == offset || (producer - consumer <= _capacity && consumer % RingRecordHeader.Alignment == 0);
        if (!caller.Require(possible, CheckTable.RingReturnPage, (long)consumer, (long)producer))
        {
            return caller.Refused;
        }

        while (consumer < offset)
        {
            // Read after the producer offset, and before a later writer can reuse the room: the writer's unlock is a release.
            uint header = Volatile.Read(ref *(uint*)(_data + PositionOf(consumer)));
            bool locked = (header & RingRecordHeader.LockedBit) != 0;
            if (!caller.Require(!locked, CheckTable.RingReturnLocked, (long)consumer, (long)offset))
            {
                return caller.Refused;
            }

            consumer += RingLayout.RecordBytes(header & RingRecordHeader.LengthMask);
        }

        if (!caller.Require(consumer == offset, CheckTable.RingReturnBoundary, (long)offset, (long)consumer))
        {
            return caller.Refused;
        }

        // Release: the reader has finished reading these records before a writer sees the room.
        Volatile.Write(ref *_consumer, offset);
        KernelEventSource.Log.RingReturn(caller.Current.RequestId, caller.Current.ProcessorNumber, MapId, Index, offset, producer);
        return EbpfResult.Success;
    }

    /// <summary>Sets the event that its reader waits for: <c>ebpf_ring_buffer_set_wait_handle</c>. Replaces an earlier one.</summary>
    public EbpfResult SetWaitHandle(in Caller caller, NtHandle handle, ulong flags)
    {
        if (!caller.Require(flags == 0, CheckTable.RingWaitFlags, (long)flags, 0))
        {
            return caller.Refused;
        }

        ExEvent? waitEvent = null;
        bool isEvent = caller.Process is { } process && process.Handles.Reference(handle, out waitEvent).IsSuccess;
        if (!caller.Require(isEvent, CheckTable.RingWaitHandle, handle.Value, 1))
        {
            return caller.Refused;
        }

        Interlocked.Exchange(ref _waitEvent, waitEvent)?.Dereference();
        return EbpfResult.Success;
    }

    /// <summary>Frees memory and event. No thread writes or queries any more.</summary>
    public void Free()
    {
        Interlocked.Exchange(ref _waitEvent, null)?.Dereference();
        _memory.Release();
    }

    /// <summary>Reserves room if there is enough, and traces what was free. The caller excludes other writers.</summary>
    private bool TryTakeRoom(ulong length, ulong bytes, out RingReservation reservation, out ulong free)
    {
        reservation = default;

        // One read of an untrusted number. An offset more than a ring behind, or more than this record ahead, gives a result larger than
        // the capacity.
        ulong unread = _reserved - Volatile.Read(ref *_consumer);
        free = unread > _capacity ? 0 : _capacity - unread;
        if (unread + bytes > _capacity)
        {
            return false;
        }

        reservation = new RingReservation(_reserved, (uint)length);
        uint position = PositionOf(_reserved);
        ulong header = (uint)length | RingRecordHeader.LockedBit | ((ulong)(position / Nt.Mm.MmSection.PageBytes) << 32);
        *(ulong*)(_data + _capacity + position) = header;
        *(ulong*)(_data + position) = header;
        _reserved += bytes;

        // Release: a thread that sees the new offset sees the locked header, not stale data of an earlier record.
        Volatile.Write(ref *_producer, _reserved);
        return true;
    }

    /// <summary>Clears the lock bit. Release, twice: a reader that sees the record unlocked, in either half, sees its payload.</summary>
    private void Unlock(in RingReservation reservation, uint header)
    {
        uint position = PositionOf(reservation.Offset);
        Volatile.Write(ref *(uint*)(_data + _capacity + position), header);
        Volatile.Write(ref *(uint*)(_data + position), header);
    }

    /// <summary><c>_ring_buffer_notify_consumer</c>.</summary>
    private void Notify(KeThread current, RingWakeup wakeup)
    {
        ExEvent? waitEvent = Volatile.Read(ref _waitEvent);
        if (waitEvent is null || ((wakeup & RingWakeup.Force) == 0 && ((wakeup & RingWakeup.No) != 0 || ConsumerOffset == ProducerOffset)))
        {
            return;
        }

        // Setting an event that is signalled changes nothing, and most are: their reader has not come yet. It clears the event and then looks for
        // records, so that after the barrier either the event is seen cleared here, or the record is seen there.
        Interlocked.MemoryBarrier();
        if (waitEvent.Event.State || TrySet(waitEvent))
        {
            KernelEventSource.Log.RingWakeup(current.RequestId, current.ProcessorNumber, MapId, Index);
        }
    }

    /// <summary>Sets an event that may be replaced at this moment, and its last reference dropped. (Upstream would set a freed event.)</summary>
    private static bool TrySet(ExEvent waitEvent)
    {
        if (!waitEvent.TryReference())
        {
            return false;
        }

        waitEvent.Event.Set();
        waitEvent.Dereference();
        return true;
    }

    private uint PositionOf(ulong offset) => (uint)offset & (_capacity - 1);
}

/// <summary>The arithmetic of records.</summary>
internal static class RingLayout
{
    /// <summary>The largest payload in bytes: <c>EBPF_RINGBUF_MAX_RECORD_SIZE</c>.</summary>
    public const ulong LongestPayload = RingRecordHeader.LengthMask;

    /// <summary>Size of a record in bytes, with its header and padding. The payload fits 62 bits.</summary>
    public static ulong RecordBytes(ulong payload) =>
        (payload + RingRecordHeader.ByteCount + RingRecordHeader.Alignment - 1) & ~(ulong)(RingRecordHeader.Alignment - 1);
}
