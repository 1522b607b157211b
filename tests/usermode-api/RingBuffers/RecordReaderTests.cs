using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Rings;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.RingBuffers;

/// <summary>The typed readers.</summary>
public sealed class RecordReaderTests : IDisposable
{
    private readonly Lab _lab = new(cpus: 2);
    private readonly BpfSession _session;

    public RecordReaderTests()
    {
        _session = new BpfSession(_lab.Tap);
    }

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _session.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public void What_is_written_is_read_once_in_order()
    {
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        using RingBufferReader reader = map.OpenReader();
        Assert.False(reader.TryRead(out _));
        Assert.True(map.TryWrite([1, 2, 3]));
        Assert.True(map.TryWrite([4]));
        Assert.True(map.TryWrite([5]));
        Assert.True(reader.TryRead(out ReadOnlyMemory<byte> first));
        Assert.Equal([1, 2, 3], first.ToArray());
        Assert.Equal([[4], [5]], reader.ReadAll().Select(r => r.ToArray()));
        Assert.Empty(reader.ReadAll());
        Assert.Equal([1, 2, 3], first.ToArray());
    }

    [Fact]
    public void A_full_ring_takes_no_more_until_something_is_read()
    {
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        using RingBufferReader reader = map.OpenReader();
        Assert.True(map.TryWrite(new byte[4088]));
        Assert.False(map.TryWrite([1]));
        Assert.True(reader.TryRead(out _));
        Assert.True(map.TryWrite([1]));
    }

    [Fact]
    public void A_record_that_never_fits_or_is_empty_is_an_exception_that_says_so()
    {
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        BpfException tooLong = Assert.Throws<BpfException>(() => map.TryWrite(new byte[4089]));
        Assert.Equal(("map.ring.record_length", 4089L, 4088L), (tooLong.Check!.Id, tooLong.Given!.Value, tooLong.Expected!.Value));
        Assert.Equal("api.ring.data", Assert.Throws<BpfException>(() => map.TryWrite([])).Check!.Id);
        Assert.Equal("map.create.ring_power_of_two", Assert.Throws<BpfException>(() => _session.CreateRingBufferMap("odd", 5000)).Check!.Id);
    }

    [Fact]
    public async Task Awaiting_sleeps_until_a_record_comes_and_reads_them_all()
    {
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        using RingBufferReader reader = map.OpenReader();
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> records = reader.GetAsyncEnumerator(TestEnd);
        for (byte i = 0; i < 50; i++)
        {
            ValueTask<bool> next = records.MoveNextAsync();
            Assert.True(map.TryWrite([i]));
            Assert.True(await next);
            Assert.Equal([i], records.Current.ToArray());
        }
    }

    [Fact]
    public async Task A_reader_that_awaits_misses_nothing_of_a_writer_on_another_thread()
    {
        const int Records = 3_000;
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        using RingBufferReader reader = map.OpenReader();
        Task writer = Task.Run(
            () =>
            {
                for (int i = 0; i < Records;)
                {
                    i += map.TryWrite(BitConverter.GetBytes(i)) ? 1 : 0;
                }
            },
            TestEnd);
        int next = 0;
        await foreach (ReadOnlyMemory<byte> record in reader.WithCancellation(TestEnd))
        {
            Assert.Equal(next++, BitConverter.ToInt32(record.Span));
            if (next == Records)
            {
                break;
            }
        }

        await writer;
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        using RingBufferReader reader = map.OpenReader();
        using CancellationTokenSource stop = new();
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> records = reader.GetAsyncEnumerator(stop.Token);
        ValueTask<bool> next = records.MoveNextAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.True(map.TryWrite([1]));
        Assert.True(reader.TryRead(out _));
    }

    [Fact]
    public async Task Disposing_the_reader_ends_the_enumeration()
    {
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        RingBufferReader reader = map.OpenReader();
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> records = reader.GetAsyncEnumerator(TestEnd);
        ValueTask<bool> next = records.MoveNextAsync();
        reader.Dispose();
        Assert.False(await next);
        Assert.Throws<ObjectDisposedException>(() => reader.TryRead(out _));
        reader.Dispose();
    }

    [Fact]
    public async Task The_end_of_the_process_ends_a_wait()
    {
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        using RingBufferReader reader = map.OpenReader();
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> records = reader.GetAsyncEnumerator(TestEnd);
        ValueTask<bool> next = records.MoveNextAsync();
        _lab.Process.Terminate(NtStatus.Unsuccessful);
        await Assert.ThrowsAsync<ProcessExitedException>(async () => await next);
    }

    [Fact]
    public async Task An_enumeration_waits_for_a_record_that_is_being_written()
    {
        using RingBufferMap map = _session.CreateRingBufferMap("events", 4096);
        using RingBufferReader reader = map.OpenReader();
        Assert.Equal(EbpfResult.Success, _lab.Driver.ReferenceMap(2, out EbpfMap? kernel));
        Assert.Equal(EbpfResult.Success, _lab.Driver.ReserveRecord(kernel!, 1, 2, out RingRecord? given));
        Assert.Equal(EbpfResult.Success, _lab.Driver.ReserveRecord(kernel!, 0, 2, out RingRecord? written));
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> records = reader.GetAsyncEnumerator(TestEnd);
        ValueTask<bool> next = records.MoveNextAsync();
        given!.Discard();
        written!.Write(0, [4, 2]);
        written.Submit();
        Assert.True(await next);
        Assert.Equal([4, 2], records.Current.ToArray());
        kernel!.Dereference();
    }

    [Fact]
    public void Perf_records_say_their_cpu_and_what_was_lost()
    {
        using PerfEventArrayMap map = _session.CreatePerfEventArrayMap("samples", 4096);
        using PerfEventArrayReader reader = map.OpenReader();
        Assert.Equal(EbpfResult.Success, _lab.Driver.ReferenceMap(2, out EbpfMap? kernel));
        _lab.Driver.RunProgram(1, context =>
        {
            context.PerfEventOutput(kernel!, 0xFFFF_FFFF, new byte[4088]);
            context.PerfEventOutput(kernel!, 0xFFFF_FFFF, [1]);
        });
        _lab.Driver.RunProgram(0, context => context.PerfEventOutput(kernel!, 0xFFFF_FFFF, [7]));
        kernel!.Dereference();
        IReadOnlyList<PerfRecord> records = reader.ReadAll();
        Assert.Equal([(0, 1), (1, 4088)], records.Select(r => (r.Cpu, r.Data.Length)));
        Assert.Equal((0UL, 1UL), (reader.LostCount(0), reader.LostCount(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.LostCount(2));
        Assert.True(map.TryWrite([1]));
    }

    [Fact]
    public void A_map_is_opened_by_id_as_its_own_type_only()
    {
        int fd = _lab.CreateMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 12, maxEntries: 4096, name: "sized");
        using RingBufferMap map = _session.OpenRingBufferMap(2);
        Assert.Equal("sized", map.Name);
        Assert.Equal("typed.open.type", Assert.Throws<BpfException>(() => _session.OpenPerfEventArrayMap(2)).Check!.Id);
        _lab.Library.close(fd);
        using RingBufferReader reader = map.OpenReader();
        Assert.True(map.TryWrite([1]));
        Assert.True(reader.TryRead(out _));
    }
}
