using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Rings;

/// <summary>What a record looks like, where it lies, and what happens at the end of the data.</summary>
public sealed class RingRecordTests : IDisposable
{
    private const uint Capacity = 8192;

    private readonly EbpfMachine _machine = new(2);
    private readonly NtHandle _map;
    private readonly TestRing _ring;

    public RingRecordTests()
    {
        _map = _machine.User.NewMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: Capacity).Handle;
        _ring = new TestRing(_machine.User, _map);
    }

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(1, 16u)]
    [InlineData(7, 16u)]
    [InlineData(8, 16u)]
    [InlineData(9, 24u)]
    [InlineData(100, 112u)]
    public void A_record_is_header_payload_and_padding_to_8(int length, uint takes)
    {
        byte[] data = Payload(length, seed: 3);
        _ring.Write(data).Expect(EbpfResult.Success);
        Assert.Equal(takes, _ring.ProducerOffset);
        Assert.Equal(((uint)length, 0u), (_ring.RecordAt(0).Length, _ring.RecordAt(0).PageOffset));
        Assert.Equal(data, _ring.RecordAt(0).Payload);
    }

    [Fact]
    public void Offsets_grow_past_the_capacity_and_every_record_reads_the_same_in_both_halves()
    {
        // 56-byte records do not divide the capacity: sooner or later every kind of wrap is met.
        ulong offset = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] data = Payload(41 + (i % 7), seed: i);
            _ring.Write(data).Expect(EbpfResult.Success);
            (uint length, uint page, byte[] payload) = _ring.RecordAt(offset);
            Assert.Equal(data, payload);
            Assert.Equal((uint)data.Length, length);
            Assert.Equal((uint)(offset % Capacity / 4096), page);
            (uint mirrored, _, byte[] again) = _ring.RecordAt(offset, secondHalf: true);
            Assert.Equal(length, mirrored);
            if (again.Length != 0)
            {
                Assert.Equal(data, again);
            }

            offset += ((uint)data.Length + 15) & ~7u;
            Assert.Equal(offset, _ring.ProducerOffset);
            _ring.ConsumerOffset = offset;
        }

        Assert.True(offset > 10 * Capacity);
    }

    [Fact]
    public void A_record_that_wraps_is_whole_to_its_reader_and_split_for_who_looks_from_the_start()
    {
        _ring.Write(new byte[Capacity - 8 - 32]).Expect(EbpfResult.Success);
        _ring.ConsumerOffset = _ring.ProducerOffset;
        byte[] data = Payload(64, seed: 1);
        _ring.Write(data).Expect(EbpfResult.Success);
        Assert.Equal(data, _ring.RecordAt(Capacity - 32).Payload);
        Span<byte> start = _machine.User.Gate.Memory.Access(_ring.Data.Address, 40, MemoryAccess.Read, "test");
        Assert.Equal(data[24..], start.ToArray());
    }

    [Fact]
    public void A_full_ring_takes_more_when_something_was_read()
    {
        byte[] data = new byte[1016];
        for (int i = 0; i < 8; i++)
        {
            _ring.Write(data).Expect(EbpfResult.Success);
        }

        _ring.Write(data).ExpectRefusal(CheckTable.RingRoom, 1024, 0);
        _ring.Write([1]).ExpectRefusal(CheckTable.RingRoom, 16, 0);
        _ring.ConsumerOffset = 1024;
        _ring.Write(data).Expect(EbpfResult.Success);
        _ring.Write([1]).ExpectRefusal(CheckTable.RingRoom, 16, 0);
        Assert.Equal(8, _ring.Consume().Count);
    }

    [Fact]
    public void A_ring_buffer_counts_no_lost_records_and_a_perf_event_array_does()
    {
        _ring.Write(new byte[Capacity - 8]).Expect(EbpfResult.Success);
        _ring.Write([1]).Expect(EbpfResult.NoMemory);
        Assert.Equal(0u, _ring.LostRecords);

        NtHandle perf = _machine.User.NewMap(BpfMapType.PerfEventArray, keySize: 0, maxEntries: 4096).Handle;
        TestRing[] rings = [new(_machine.User, perf), new(_machine.User, perf, 1)];
        rings[0].Write(new byte[4088]).Expect(EbpfResult.Success);
        rings[0].Write([1]).Expect(EbpfResult.NoMemory);
        rings[0].Write(new byte[5000]).Expect(EbpfResult.InvalidArgument);
        Assert.Equal([0UL, 2UL], rings.Select(r => r.LostRecords).Order());
    }

    [Theory]
    [InlineData(1UL, EbpfResult.Success)]
    [InlineData(16UL, EbpfResult.Success)]
    [InlineData(17UL, EbpfResult.NoMemory)]
    [InlineData(1UL << 40, EbpfResult.NoMemory)]
    [InlineData(0x8000_0000_0000_0000UL, EbpfResult.NoMemory)]
    public void A_reader_that_claims_to_be_ahead_by_more_than_a_record_gets_none_and_does_no_harm(ulong ahead, EbpfResult result)
    {
        _ring.Write(new byte[100]).Expect(EbpfResult.Success);
        _ring.ConsumerOffset = _ring.ProducerOffset + ahead;
        _ring.Write([1]).Expect(result);
        _ring.ConsumerOffset = _ring.ProducerOffset;
        _ring.Write([1]).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_reader_that_falls_back_behind_the_ring_gets_no_more_records()
    {
        for (int i = 0; i < 3; i++)
        {
            _ring.Write(new byte[Capacity - 8]).Expect(EbpfResult.Success);
            _ring.ConsumerOffset = _ring.ProducerOffset;
        }

        _ring.ConsumerOffset = 0;
        _ring.Write([1]).ExpectRefusal(CheckTable.RingRoom, 16, 0);
    }

    [Fact]
    public void Rewriting_the_consumer_page_all_the_time_costs_records_and_nothing_else()
    {
        using CancellationTokenSource stop = new();
        EbpfUser hostile = _machine.NewUser();
        NtHandle theirs = hostile.HandleById(EbpfOperationId.GetMapHandleById, 2).As<GetHandleByIdReply>().Handle;
        TestRing seen = new(hostile, theirs);
        ulong[] nonsense = [0, 1, 7, 8, ulong.MaxValue, 1UL << 63, 4096, Capacity, Capacity * 3];
        HostThreads.Run(
            () =>
            {
                for (int i = 0; i < 20_000; i++)
                {
                    NtStatus status = _ring.Write(new byte[i % 300]).Status;
                    Assert.Contains(status, new[] { NtStatus.Success, NtStatus.NoMemory, NtStatus.InvalidParameter });
                }

                stop.Cancel();
            },
            () =>
            {
                for (int i = 0; !stop.IsCancellationRequested; i++)
                {
                    seen.ConsumerOffset = i % 3 == 0 ? seen.ProducerOffset : nonsense[i % nonsense.Length];
                }
            });
        seen.ConsumerOffset = seen.ProducerOffset;
        _ring.Write([42]).Expect(EbpfResult.Success);
        Assert.Equal([42], Assert.Single(_ring.Consume()));
    }

    private static byte[] Payload(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + (seed * 13) + 1))];
}
