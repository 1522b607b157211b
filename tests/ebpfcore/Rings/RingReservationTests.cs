using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Rings;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Rings;

/// <summary>Records between being reserved and being submitted or given up.</summary>
public sealed class RingReservationTests : IDisposable
{
    private const int Cpus = 3;
    private readonly EbpfMachine _machine = new(Cpus);
    private readonly NtHandle _handle;
    private readonly EbpfMap _map;
    private readonly TestRing _ring;

    public RingReservationTests()
    {
        _handle = _machine.User.NewMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: 4096).Handle;
        _ring = new TestRing(_machine.User, _handle);
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(_machine.User.Process, _handle, out EbpfMap? map));
        _map = map!;
    }

    public void Dispose()
    {
        _map.Dereference();
        _machine.Dispose();
    }

    [Fact]
    public void A_record_is_locked_until_it_is_submitted_and_holds_those_behind_it_back()
    {
        RingRecord record = Reserve(5);
        _ring.Write([9]).Expect(EbpfResult.Success);
        Assert.Equal((0UL, 5u, 32UL), (record.Offset, record.Length, _ring.ProducerOffset));
        Assert.Equal(RingRecordHeader.LockedBit | 5, _ring.RecordAt(0).Length);
        Assert.Empty(_ring.Consume());
        record.Write(0, [1, 2, 3]);
        record.Write(3, [4, 5]);
        record.Submit();
        Assert.Equal((5u, 0u), (_ring.RecordAt(0).Length, _ring.RecordAt(0, secondHalf: true).PageOffset));
        Assert.Equal([[1, 2, 3, 4, 5], [9]], _ring.Consume());
    }

    [Fact]
    public void A_record_that_is_given_up_is_marked_and_gone_past()
    {
        RingRecord record = Reserve(20);
        _ring.Write([9]).Expect(EbpfResult.Success);
        record.Discard();
        Assert.Equal(RingRecordHeader.DiscardedBit | 20, _ring.RecordAt(0).Length);
        Assert.Equal(RingRecordHeader.DiscardedBit | 20, _ring.RecordAt(0, secondHalf: true).Length);
        Assert.Equal([9], Assert.Single(_ring.Consume()));
        Assert.Equal(48u, _ring.ConsumerOffset);
    }

    [Fact]
    public void A_locked_record_is_not_given_back_and_a_discarded_one_is()
    {
        _ring.Write(new byte[8]).Expect(EbpfResult.Success);
        RingRecord record = Reserve(8);
        PendingQuery tooFar = new(_machine.User, _handle, consumer: 32);
        Assert.Equal(
            (CheckTable.RingReturnLocked.Number, 16L, 32L), (tooFar.Refusal!.Value.Check, tooFar.Refusal.Value.Given, tooFar.Refusal.Value.Expected));
        new PendingQuery(_machine.User, _handle, consumer: 16).Expect(NtStatus.Success, 32);
        record.Discard();
        PendingQuery behind = new(_machine.User, _handle, consumer: 32);
        Assert.Equal((NtStatus.Pending, false, 32UL), (behind.Sent, behind.IsOver, _ring.ConsumerOffset));
    }

    /// <summary>
    /// Whether the record is submitted, what its writer asks for, whether everything was read before, and whether the event is set.
    /// </summary>
    public static TheoryData<bool, RingWakeup, bool, bool> Wakeups => new()
    {
        { true, RingWakeup.Default, false, true },
        { true, RingWakeup.Default, true, false },
        { true, RingWakeup.No, false, false },
        { true, RingWakeup.Force, true, true },
        { true, RingWakeup.Force | RingWakeup.No, true, true },
        { false, RingWakeup.Default, false, true },
        { false, RingWakeup.Default, true, false },
        { false, RingWakeup.No, false, false },
        { false, RingWakeup.Force, true, true },
    };

    [Theory]
    [MemberData(nameof(Wakeups))]
    public void The_readers_event_is_set_as_the_writer_asks_for(bool submit, RingWakeup wakeup, bool isRead, bool isSet)
    {
        _machine.User.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle wait);
        _ring.SetWaitHandle(wait).Expect(EbpfResult.Success);
        RingRecord record = Reserve(1);
        Assert.Equal(NtStatus.Timeout, _machine.User.Gate.NtWaitForSingleObject(0, wait, TimeSpan.Zero));
        _ring.ConsumerOffset = isRead ? _ring.ProducerOffset : 0;
        End(record, submit, wakeup);
        Assert.Equal(isSet ? NtStatus.Success : NtStatus.Timeout, _machine.User.Gate.NtWaitForSingleObject(0, wait, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0u, EbpfResult.InvalidArgument)]
    [InlineData(4089u, EbpfResult.InvalidArgument)]
    [InlineData(uint.MaxValue, EbpfResult.InvalidArgument)]
    [InlineData(4073u, EbpfResult.NoMemory)]
    [InlineData(4072u, EbpfResult.Success)]
    public void Room_is_taken_when_it_is_reserved(uint length, EbpfResult expected)
    {
        RingRecord first = Reserve(8);
        Assert.Equal(expected, _machine.Driver.ReserveRecord(_map, 1, length, out RingRecord? record));
        Assert.Equal(expected == EbpfResult.Success, record is not null);
        first.Discard();
        record?.Discard();
        Assert.Empty(_ring.Consume());
        Assert.Equal(_ring.ProducerOffset, _ring.ConsumerOffset);
    }

    [Fact]
    public void A_record_ends_once_and_takes_no_more_bytes_than_it_has()
    {
        RingRecord record = Reserve(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => record.Write(1, [1, 2, 3, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => record.Write(-1, [1]));
        record.Submit();
        Assert.Throws<ObjectDisposedException>(() => record.Write(0, [1]));
        Assert.Throws<ObjectDisposedException>(() => record.Discard());
    }

    [Fact]
    public void A_perf_event_array_has_them_in_the_processors_own_ring_and_other_maps_not_at_all()
    {
        NtHandle perf = _machine.User.NewMap(BpfMapType.PerfEventArray, keySize: 0, maxEntries: 4096).Handle;
        TestRing[] rings = [.. Enumerable.Range(0, Cpus).Select(i => new TestRing(_machine.User, perf, (uint)i))];
        _machine.Driver.ReferenceMap(_machine.User.Process, perf, out EbpfMap? map);
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReserveRecord(map!, 2, 3, out RingRecord? record));
        record!.Write(0, [1, 2, 3]);
        record.Submit();
        Assert.Equal([0UL, 0UL, 16UL], rings.Select(r => r.ProducerOffset));
        Assert.Equal([1, 2, 3], Assert.Single(rings[2].Consume()));
        map!.Dereference();

        _machine.Driver.ReferenceMap(_machine.User.Process, _machine.User.NewMap(BpfMapType.Hash).Handle, out EbpfMap? hash);
        Assert.Equal(EbpfResult.OperationNotSupported, _machine.Driver.ReserveRecord(hash!, 0, 3, out record));
        Assert.Null(record);
        hash!.Dereference();
    }

    [Fact]
    public void A_query_that_waits_behind_a_locked_record_is_answered_when_it_ends()
    {
        RingRecord record = Reserve(1);
        _ring.ConsumerOffset = _ring.ProducerOffset;
        PendingQuery query = new(_machine.User, _handle, consumer: 16);
        Assert.False(query.IsOver);
        record.Submit();
        query.Expect(NtStatus.Success, 32);
    }

    [Fact]
    public void Writers_that_end_their_records_in_any_order_are_read_in_the_order_of_their_room()
    {
        const int PerWriter = 400;
        int[] next = new int[Cpus];
        int kept = 0;
        int writing = Cpus;
        HostThreads.Run(
        [
            .. Enumerable.Range(0, Cpus).Select(cpu => (Action)(() =>
            {
                try
                {
                    Write(cpu, PerWriter, ref kept);
                }
                finally
                {
                    Interlocked.Decrement(ref writing);
                }
            })),
            () =>
            {
                bool over = false;
                while (!over)
                {
                    over = Volatile.Read(ref writing) == 0;
                    foreach (byte[] payload in _ring.Consume())
                    {
                        (int cpu, int number) = (payload[0], BitConverter.ToInt32(payload, 1));
                        Assert.True(number >= next[cpu]);
                        Assert.All(payload[5..], b => Assert.Equal((byte)(cpu + number), b));
                        next[cpu] = number + 1;
                        Interlocked.Decrement(ref kept);
                    }
                }
            },
        ]);
        Assert.Equal((0, _ring.ProducerOffset), (kept, _ring.ConsumerOffset));
    }

    /// <summary>Holds up to three records at a time, ends them in a random order, and gives every third up.</summary>
    private void Write(int cpu, int count, ref int kept)
    {
        Random random = new(cpu);
        List<(RingRecord Record, int Number)> open = [];
        for (int number = 0; number < count || open.Count > 0;)
        {
            if (open.Count < 3 && number < count && TryReserve(cpu, (uint)(5 + (number % 60)), out RingRecord? record))
            {
                record!.Write(5, Enumerable.Repeat((byte)(cpu + number), (int)record.Length - 5).ToArray());
                record.Write(0, [(byte)cpu, .. BitConverter.GetBytes(number)]);
                open.Add((record, number++));
            }
            else if (open.Count > 0)
            {
                int at = random.Next(open.Count);
                bool keep = open[at].Number % 3 != 0;
                Interlocked.Add(ref kept, keep ? 1 : 0);
                End(open[at].Record, keep, RingWakeup.Default);
                open.RemoveAt(at);
            }
        }
    }

    private static void End(RingRecord record, bool submit, RingWakeup wakeup)
    {
        if (submit)
        {
            record.Submit(wakeup);
        }
        else
        {
            record.Discard(wakeup);
        }
    }

    private bool TryReserve(int cpu, uint length, out RingRecord? record) =>
        _machine.Driver.ReserveRecord(_map, cpu, length, out record) == EbpfResult.Success;

    private RingRecord Reserve(uint length)
    {
        Assert.True(TryReserve(0, length, out RingRecord? record));
        return record!;
    }
}
