using KernelSim.EbpfCore.Hash;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Rings;

/// <summary>
/// One ring of records: <c>ebpf_ring_buffer_t</c>. Any number of writers (one at a time where a perf event array's processor is the only
/// one), one reader in a process that has the memory mapped, and maybe one asynchronous query.
/// </summary>
/// <remarks>
/// <para>
/// Offsets count bytes since the ring was made and never wrap; a position is an offset modulo the capacity. A record is reserved
/// (locked), filled, and then submitted or discarded; readers take records in order and stop at a locked one.
/// </para>
/// <para>
/// The consumer page is hostile. Its offset is read once for each decision, and no decision about memory depends on it: positions come from
/// the writers' own offset, which user mode cannot write, and a wrong offset costs the process that wrote it its records.
/// </para>
/// <para>Who passes a <c>site</c> wants refusals reported; programs pass null.</para>
/// </remarks>
internal sealed unsafe class Ring
{
    /// <summary>Where a perf event array's ring counts what it loses: <c>lost_records</c> of its producer page.</summary>
    private const int LostRecordsOffset = 64;

    private readonly RingMemory _memory;
    private readonly ulong* _consumer;
    private readonly ulong* _producer;
    private readonly ulong* _lost;
    private readonly byte* _data;
    private readonly uint _capacity;
    private KSpinLock _reserveLock;
    private ulong _reserved; // how far writers have reserved; guarded by the lock, or by being alone on the processor
    private ExEvent? _waitEvent;

    /// <param name="memory">Its memory; the ring takes over the references.</param>
    /// <param name="capacity">Bytes of records, a power of two.</param>
    /// <param name="index">Which of the map's rings it is.</param>
    /// <param name="hasOneWriter">True when its writers are alone on one processor, at DISPATCH_LEVEL: no lock is needed.</param>
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

    /// <summary>Which of the map's rings.</summary>
    public int Index { get; }

    /// <summary>The map that it is of.</summary>
    public RingMap? Owner { get; set; }

    /// <summary>The map's id, for the trace.</summary>
    public uint MapId => Owner!.Id;

    /// <summary>Whether this is a perf event array's ring, which one processor writes.</summary>
    public bool HasOneWriter { get; }

    /// <summary>Bytes of records.</summary>
    public uint Capacity => _capacity;

    /// <summary>What user mode can map.</summary>
    public RingMemory Memory => _memory;

    /// <summary>The asynchronous query.</summary>
    public RingQuery Query { get; }

    /// <summary>How far its reader is, as that says: any number.</summary>
    public ulong ConsumerOffset => Volatile.Read(ref *_consumer);

    /// <summary>How far its writers are. Read before anything of a record: the headers up to here are then visible.</summary>
    public ulong ProducerOffset => Volatile.Read(ref *_producer);

    /// <summary>Records lost; 0 in a ring buffer, which does not count them.</summary>
    public ulong LostRecords => Volatile.Read(ref *_lost);

    /// <summary>The longest payload that it can ever hold.</summary>
    public ulong LongestPayload => Math.Min(
        _capacity - RingRecordHeader.ByteCount, HasOneWriter ? RingLayout.LongestPayload - 1 : RingLayout.LongestPayload);

    /// <summary>Reserves room for a record and locks it: <c>ebpf_ring_buffer_reserve</c>, <c>..._reserve_exclusive</c>.</summary>
    /// <param name="current">The thread; at DISPATCH_LEVEL on its processor if the ring has one writer.</param>
    /// <param name="length">Bytes of payload.</param>
    /// <param name="site">Who asks; null for programs.</param>
    /// <param name="reservation">The room, which has to be submitted or discarded.</param>
    /// <remarks>
    /// Upstream takes room with a compare-exchange and then spins until every earlier writer has published its own. Here a spin lock
    /// covers both, so that the producer offset moves in the order of the records, and only over locked ones, by construction.
    /// </remarks>
    public EbpfResult Reserve(KeThread current, ulong length, string? site, out RingReservation reservation)
    {
        reservation = default;
        if (length - 1 >= LongestPayload)
        {
            Refuse(current, CheckTable.RingRecordLength, site, length, LongestPayload);
            return CheckTable.RingRecordLength.Result;
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

        Refuse(current, CheckTable.RingRoom, site, bytes, free);
        return CheckTable.RingRoom.Result;
    }

    /// <summary>Fills a part of a reserved record's payload. Nobody else looks at it yet: plain stores.</summary>
    public void Fill(in RingReservation reservation, uint at, byte* source, uint length)
    {
        uint position = PositionOf(reservation.Offset + RingRecordHeader.ByteCount + at);
        uint first = Math.Min(length, _capacity - position);

        // Once on from its position, past the middle if need be; then what lies in the first half into the second, and the other way round.
        BlockCopy.Copy(_data + position, source, length);
        BlockCopy.Copy(_data + _capacity + position, source, first);
        if (first < length)
        {
            BlockCopy.Copy(_data, source + first, length - first);
        }
    }

    /// <summary>Lets readers have a record: <c>ebpf_ring_buffer_submit</c>.</summary>
    public void Submit(KeThread current, in RingReservation reservation, RingWakeup wakeup)
    {
        Unlock(reservation, reservation.Length);
        KernelEventSource.Log.RingSubmit(
            current.RequestId, current.ProcessorNumber, MapId, Index, reservation.Offset, reservation.Length);
        Notify(current, wakeup);
    }

    /// <summary>Gives a record up; readers skip it: <c>ebpf_ring_buffer_discard</c>.</summary>
    public void Discard(KeThread current, in RingReservation reservation, RingWakeup wakeup)
    {
        Unlock(reservation, reservation.Length | RingRecordHeader.DiscardedBit);
        KernelEventSource.Log.RingDiscard(
            current.RequestId, current.ProcessorNumber, MapId, Index, reservation.Offset, reservation.Length);
        Notify(current, wakeup);
    }

    /// <summary>Counts a record that was not taken. At DISPATCH_LEVEL on the processor that the ring is of: nobody else counts.</summary>
    public void CountLost() => Volatile.Write(ref *_lost, *_lost + 1);

    /// <summary>Tells the trace of a record that was not taken.</summary>
    public void TraceLost(KeThread current, ulong length, EbpfResult result)
    {
        if (KernelEventSource.Log.IsEnabled())
        {
            KernelEventSource.Log.RingLost(
                current.RequestId, current.ProcessorNumber, MapId, Index, (long)length, LostRecords, ResultConversions.NameOf(result));
        }
    }

    /// <summary>Takes back what a reader has read: <c>ebpf_ring_buffer_return_buffer</c>.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="offset">How far it has read: on a record's boundary, with nothing locked before it.</param>
    /// <param name="site">Who asks.</param>
    public EbpfResult Return(KeThread current, ulong offset, string site)
    {
        ulong consumer = ConsumerOffset;
        ulong producer = ProducerOffset;
        if (!current.Require(offset <= producer, CheckTable.RingReturnProducer, site, (long)offset, (long)producer))
        {
            return CheckTable.RingReturnProducer.Result;
        }

        // Upstream walks from wherever the page says. From one that no reader can be at it would walk for as long as user mode likes.
        bool possible = consumer == offset || (producer - consumer <= _capacity && consumer % RingRecordHeader.Alignment == 0);
        if (!current.Require(possible, CheckTable.RingReturnPage, site, (long)consumer, (long)producer))
        {
            return CheckTable.RingReturnPage.Result;
        }

        while (consumer < offset)
        {
            // Read after the producer offset, and before what a later writer may do with the room: the writer's unlock is a release.
            uint header = Volatile.Read(ref *(uint*)(_data + PositionOf(consumer)));
            bool locked = (header & RingRecordHeader.LockedBit) != 0;
            if (!current.Require(!locked, CheckTable.RingReturnLocked, site, (long)consumer, (long)offset))
            {
                return CheckTable.RingReturnLocked.Result;
            }

            consumer += RingLayout.RecordBytes(header & RingRecordHeader.LengthMask);
        }

        if (!current.Require(consumer == offset, CheckTable.RingReturnBoundary, site, (long)offset, (long)consumer))
        {
            return CheckTable.RingReturnBoundary.Result;
        }

        // Release: whatever the reader read of these records it has read before a writer sees the room.
        Volatile.Write(ref *_consumer, offset);
        KernelEventSource.Log.RingReturn(current.RequestId, current.ProcessorNumber, MapId, Index, offset, producer);
        return EbpfResult.Success;
    }

    /// <summary>Sets the event that its reader waits for: <c>ebpf_ring_buffer_set_wait_handle</c>. Replaces an earlier one.</summary>
    public EbpfResult SetWaitHandle(KeThread current, PsProcess? process, NtHandle handle, ulong flags, string site)
    {
        if (!current.Require(flags == 0, CheckTable.RingWaitFlags, site, (long)flags, 0))
        {
            return CheckTable.RingWaitFlags.Result;
        }

        ExEvent? waitEvent = null;
        bool isEvent = process is not null && process.Handles.Reference(handle, out waitEvent).IsSuccess;
        if (!current.Require(isEvent, CheckTable.RingWaitHandle, site, handle.Value, 1))
        {
            return CheckTable.RingWaitHandle.Result;
        }

        Interlocked.Exchange(ref _waitEvent, waitEvent)?.Dereference();
        return EbpfResult.Success;
    }

    /// <summary>Gives back memory and event. Nobody writes or asks any more.</summary>
    public void Free()
    {
        Interlocked.Exchange(ref _waitEvent, null)?.Dereference();
        _memory.Release();
    }

    /// <summary>Takes room if there is enough, and tells what was free. The caller keeps other writers out.</summary>
    private bool TryTakeRoom(ulong length, ulong bytes, out RingReservation reservation, out ulong free)
    {
        reservation = default;

        // One read of a hostile number. More than a ring behind, or more than this record ahead, it comes out larger than the capacity.
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

        // Release: who sees the new offset sees the locked header, not what an earlier record left there.
        Volatile.Write(ref *_producer, _reserved);
        return true;
    }

    /// <summary>Takes the lock bit off. Release, twice: who sees the record unlocked, in either half, sees its payload there.</summary>
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

        // It may be replaced at this moment, and its last reference go. (Upstream takes none and would set a freed event.)
        if (waitEvent.TryReference())
        {
            waitEvent.Event.Set();
            waitEvent.Dereference();
            KernelEventSource.Log.RingWakeup(current.RequestId, current.ProcessorNumber, MapId, Index);
        }
    }

    private uint PositionOf(ulong offset) => (uint)offset & (_capacity - 1);

    private static void Refuse(KeThread current, Check check, string? site, ulong given, ulong expected)
    {
        if (site is not null)
        {
            current.Require(false, check, site, (long)given, (long)expected);
        }
    }
}
