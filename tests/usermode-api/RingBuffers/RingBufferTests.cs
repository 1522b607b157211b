using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Rings;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.RingBuffers;

/// <summary>The <c>ring_buffer__</c> functions, and those of ebpf_api.h that go with them.</summary>
public sealed class RingBufferTests : IDisposable
{
    private readonly Lab _lab = new();
    private readonly List<string> _seen = [];
    private readonly int _fd;

    public RingBufferTests()
    {
        _fd = _lab.CreateMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096, name: "events");
    }

    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public void Records_come_in_order_with_their_context_and_are_consumed(LibraryVersion version)
    {
        using Lab lab = new(version);
        int fd = lab.CreateMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096, name: "events");
        List<string> seen = [];
        ring_buffer? rb = lab.Library.ring_buffer__new(fd, (ctx, data, size) =>
        {
            seen.Add($"{ctx}:{Convert.ToHexStringLower(lab.Bytes(data, (int)size))}");
            return 0;
        }, "c");
        Assert.NotNull(rb);
        Assert.Equal(0, lab.Library.ring_buffer__consume(rb));
        Write(lab, fd, 1, 2, 3);
        Write(lab, fd, 4);
        Assert.Equal(2, lab.Library.ring_buffer__consume(rb));
        Assert.Equal(["c:010203", "c:04"], seen);
        Assert.Equal(0, lab.Library.ring_buffer__poll(rb, 0));
        lab.Library.ring_buffer__free(rb);
    }

    [Fact]
    public void A_callback_that_says_no_stops_and_its_record_counts_as_read()
    {
        ring_buffer rb = New((_, data, _) => Record(data) == 2 ? -77 : 0);
        Write(_lab, _fd, 1);
        Write(_lab, _fd, 2);
        Write(_lab, _fd, 3);
        Assert.Equal(-77, Library.ring_buffer__consume(rb));
        Assert.Equal(1, Library.ring_buffer__consume(rb));
        Assert.Equal(["1", "2", "3"], _seen);
        Assert.Equal(Errno.None, Library.errno);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-7, -7)]
    public void A_callback_may_free_its_own_manager_and_nothing_more_is_handed_over(int answer, int result)
    {
        int other = _lab.CreateMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096, name: "others");
        ring_buffer? rb = null;
        rb = New((_, data, _) =>
        {
            Record(data);
            Library.ring_buffer__free(rb);
            return answer;
        });
        Assert.Equal(0, Library.ring_buffer__add(rb, other, (_, data, _) => Record(data)));
        Write(_lab, _fd, 1);
        Write(_lab, _fd, 2);
        Write(_lab, other, 3);
        Assert.Equal(result, Library.ring_buffer__poll(rb, -1));
        Assert.Equal(["1"], _seen);
        Assert.Equal(-(int)Errno.EINVAL, Library.ring_buffer__consume(rb));

        // What was not given back is there for the next reader.
        ring_buffer again = New((_, data, _) => Record(data) * 0);
        Assert.Equal(2, Library.ring_buffer__consume(again));
        Assert.Equal(["1", "1", "2"], _seen);
        Library.ring_buffer__free(again);
    }

    [Fact]
    public void Polling_waits_for_a_record_of_another_thread()
    {
        ring_buffer rb = New();
        HostThread writer = HostThread.Run(() => Write(_lab, _fd, 9));
        Assert.Equal(1, Library.ring_buffer__poll(rb, -1));
        writer.Join();
        Assert.Equal(["9"], _seen);
    }

    [Fact]
    public void Polling_for_no_time_or_a_short_one_returns_0_when_nothing_comes()
    {
        ring_buffer rb = New();
        Assert.Equal(0, Library.ring_buffer__poll(rb, 0));
        Assert.Equal(0, Library.ring_buffer__poll(rb, 1));
    }

    [Fact]
    public void One_manager_reads_several_ring_buffers_and_one_event_wakes_it_for_all()
    {
        int other = _lab.CreateMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 8192, name: "other");
        ring_buffer rb = New();
        Assert.Equal(0, Library.ring_buffer__add(rb, other, (_, data, _) => Record(data) * 0));
        Write(_lab, other, 5);
        Assert.Equal(NtStatus.Success, _lab.Tap.NtWaitForSingleObject(0, Libbpf.ebpf_ring_buffer_get_wait_handle(rb), TimeSpan.Zero));
        Write(_lab, _fd, 6);
        Assert.Equal(2, Library.ring_buffer__poll(rb, 0));
        Assert.Equal(["6", "5"], _seen);
        Assert.Equal(NtStatus.Timeout, _lab.Tap.NtWaitForSingleObject(0, Libbpf.ebpf_ring_buffer_get_wait_handle(rb), TimeSpan.Zero));
    }

    [Fact]
    public void What_is_wrong_when_a_manager_is_made_sets_errno()
    {
        int hash = _lab.CreateMap(BpfMapType.Hash);
        Assert.Null(Library.ring_buffer__new(_fd, null));
        Assert.Equal((Errno.EINVAL, "api.ring.callback"), (Library.errno, Library.LastRefusal!.Check.Id));
        Assert.Null(Library.ring_buffer__new(99, Ignore));
        Assert.Equal((Errno.EBADF, "api.descriptor"), (Library.errno, Library.LastRefusal!.Check.Id));
        Assert.Null(Library.ring_buffer__new(hash, Ignore));
        Assert.Equal((Errno.ENOTSUP, "map.ring.supported"), (Library.errno, Library.LastRefusal!.Check.Id));
    }

    [Fact]
    public void The_other_functions_return_an_errno_and_leave_errno_alone()
    {
        ring_buffer rb = New();
        int hash = _lab.CreateMap(BpfMapType.Hash);
        Assert.Equal(-(int)Errno.EINVAL, Library.ring_buffer__add(null, _fd, Ignore));
        Assert.Equal(-(int)Errno.EINVAL, Library.ring_buffer__add(rb, -1, Ignore));
        Assert.Equal(-(int)Errno.EINVAL, Library.ring_buffer__add(rb, _fd, null));
        Assert.Equal(-(int)Errno.EBADF, Library.ring_buffer__add(rb, 99, Ignore));
        Assert.Equal(-(int)Errno.ENOTSUP, Library.ring_buffer__add(rb, hash, Ignore));
        Assert.Equal(-(int)Errno.EINVAL, Library.ring_buffer__poll(null, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.ring_buffer__consume(null));
        Library.ring_buffer__free(null);
        Assert.Equal(Errno.None, Library.errno);
        Write(_lab, _fd, 1);
        Assert.Equal(1, Library.ring_buffer__consume(rb));
    }

    [Fact]
    public void A_freed_manager_leaves_nothing_mapped()
    {
        ring_buffer rb = New();
        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_ring_buffer_get_buffer(rb, 0, out ulong consumer, out _, out ulong data, out ulong size));
        Assert.Equal(4096u, size);
        Assert.True(_lab.Memory.TryAccess(data, (uint)(2 * size), MemoryAccess.Read, "test", out _, out _));
        Library.ring_buffer__free(rb);
        Assert.False(_lab.Memory.TryAccess(data, 1, MemoryAccess.Read, "test", out _, out _));
        Assert.False(_lab.Memory.TryAccess(consumer, 1, MemoryAccess.Read, "test", out _, out _));
        Assert.Equal(NtHandle.Invalid, Libbpf.ebpf_ring_buffer_get_wait_handle(rb));
        Assert.Equal(-(int)Errno.EINVAL, Library.ring_buffer__consume(rb));
    }

    [Fact]
    public void A_program_can_read_the_pages_itself()
    {
        Assert.Equal(
            EbpfResult.Success, Library.ebpf_ring_buffer_map_map_buffer(_fd, out ulong consumer, out ulong producer, out ulong data, out ulong size));
        Write(_lab, _fd, 1, 2, 3);
        Assert.Equal((4096UL, 16UL, 3U), (size, _lab.Read<ulong>(producer), _lab.Read<uint>(data)));
        _lab.Write(consumer, 16UL);
        Assert.Throws<AccessViolationFault>(() => _lab.Bytes(producer, 8, MemoryAccess.Write));
        Assert.Equal(EbpfResult.Success, Library.ebpf_ring_buffer_map_unmap_buffer(_fd, consumer, producer, data));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_ring_buffer_map_unmap_buffer(_fd, consumer, producer, data));
        Assert.Equal(EbpfResult.InvalidFd, Library.ebpf_ring_buffer_map_map_buffer(99, out consumer, out _, out _, out _));
        Assert.Equal(0UL, consumer);
    }

    [Fact]
    public void A_wait_handle_of_one_s_own_is_set_and_none_is_refused()
    {
        _lab.Tap.NtCreateEvent(0, manualReset: false, initialState: false, out NtHandle handle);
        Assert.Equal(EbpfResult.Success, Library.ebpf_map_set_wait_handle(_fd, 0, handle));
        Write(_lab, _fd, 1);
        Assert.Equal(NtStatus.Success, _lab.Tap.NtWaitForSingleObject(0, handle, TimeSpan.Zero));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_map_set_wait_handle(_fd, 0, NtHandle.Invalid));
        Assert.Equal("map.ring.wait_handle", Library.LastRefusal!.Check.Id);
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_map_set_wait_handle(_fd, 1, handle));
    }

    [Fact]
    public void Writing_checks_data_then_descriptor_then_type_then_length()
    {
        int hash = _lab.CreateMap(BpfMapType.Hash);
        ulong data = _lab.Put<byte>(1, 2, 3, 4);
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_ring_buffer_map_write(99, 0, 4));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_ring_buffer_map_write(99, data, 0));
        Assert.Equal(EbpfResult.InvalidFd, Library.ebpf_ring_buffer_map_write(99, data, 4));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_ring_buffer_map_write(hash, data, 4));
        Assert.Equal("api.ring.map_type", Library.LastRefusal!.Check.Id);
        Assert.Equal(EbpfResult.ArithmeticOverflow, Library.ebpf_ring_buffer_map_write(_fd, data, 65_512));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_ring_buffer_map_write(_fd, data, 5));
        Assert.Equal("api.ring.data_size", Library.LastRefusal!.Check.Id);
        Assert.Equal(EbpfResult.Success, Library.ebpf_ring_buffer_map_write(_fd, data, 4));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_perf_event_array_map_write(_fd, data, 4));
        ulong longest = _lab.Allocate(4088);
        Assert.Equal(EbpfResult.NoMemory, Library.ebpf_ring_buffer_map_write(_fd, longest, 4080));
    }

    [Fact]
    public void A_callback_that_reads_past_its_record_s_ring_ends_the_process()
    {
        ring_buffer rb = New((_, data, _) => _lab.Bytes(data, 20_000).Length);
        Write(_lab, _fd, 1);
        ProcessExitedException end = Assert.Throws<ProcessExitedException>(() => Library.ring_buffer__consume(rb));
        Assert.NotNull(end.Violation);
        Assert.Equal(-(int)Errno.ESRCH, Library.ring_buffer__consume(rb));
    }

    [Fact]
    public void The_end_of_the_process_ends_a_poll()
    {
        ring_buffer rb = New();
        HostThread killer = HostThread.Run(() => _lab.Process.Terminate(NtStatus.Unsuccessful));
        Assert.Equal(-(int)Errno.ESRCH, Library.ring_buffer__poll(rb, -1));
        killer.Join();
    }

    [Fact]
    public void Consuming_allocates_nothing_for_a_record()
    {
        ring_buffer rb = Library.ring_buffer__new(_fd, Ignore)!;
        long before = 0;
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 100; i++)
            {
                Write(_lab, _fd, 1, 2, 3);
            }

            before = GC.GetAllocatedBytesForCurrentThread();
            int consumed = Library.ring_buffer__consume(rb);
            before = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(100, consumed);
        }

        Assert.Equal(0, before);
    }

    [Fact]
    public void Automatic_callbacks_come_without_polling_until_the_manager_is_freed()
    {
        using SemaphoreSlim called = new(0);
        ulong opts = _lab.Put<ulong>(16, 1);
        ring_buffer? rb = Library.ebpf_ring_buffer__new(_fd, (_, data, _) =>
        {
            Record(data);
            called.Release();
            return 0;
        }, null, opts);
        Assert.NotNull(rb);
        Assert.Equal(-(int)Errno.ENOTSUP, Library.ring_buffer__poll(rb, 0));
        Assert.Equal(-(int)Errno.ENOTSUP, Library.ring_buffer__consume(rb));
        Assert.Equal(-(int)Errno.ENOTSUP, Library.ring_buffer__add(rb, _fd, Ignore));
        Assert.Equal(NtHandle.Invalid, Libbpf.ebpf_ring_buffer_get_wait_handle(rb));
        Assert.Equal(EbpfResult.InvalidArgument, Libbpf.ebpf_ring_buffer_get_buffer(rb, 0, out _, out _, out _, out _));
        for (byte i = 1; i <= 20; i++)
        {
            Write(_lab, _fd, i);
            called.WaitFor("the callback");
        }

        Library.ring_buffer__free(rb);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{i}"), _seen);
        Write(_lab, _fd, 99);
        Assert.Equal(1, Library.ring_buffer__consume(New()));
        Assert.Equal("99", _seen[^1]);
    }

    [Fact]
    public void Options_without_the_flag_or_none_mean_polling()
    {
        ring_buffer? rb = Library.ebpf_ring_buffer__new(_fd, Ignore, null, _lab.Put<ulong>(16, 2));
        Assert.Equal(0, Library.ring_buffer__poll(rb, 0));
        Assert.NotNull(Library.ebpf_ring_buffer__new(_fd, Ignore, null, 0));
        Assert.Null(Library.ebpf_ring_buffer__new(_fd, Ignore, null, _lab.Put<ulong>(16)));
        Assert.Equal("api.ring.opts_size", Library.LastRefusal!.Check.Id);
    }

    [Fact]
    public void A_program_s_record_is_read_like_any_other()
    {
        ring_buffer rb = New();
        Assert.Equal(EbpfResult.Success, _lab.Driver.ReferenceMap(2, out EbpfMap? map));
        _lab.Driver.RunProgram(3, context => context.RingbufOutput(map!, [42]));
        map!.Dereference();
        Assert.Equal(1, Library.ring_buffer__poll(rb, -1));
        Assert.Equal(["42"], _seen);
    }

    [Fact]
    public void Records_that_were_given_up_are_skipped_and_those_being_written_waited_for()
    {
        ring_buffer rb = New();
        Assert.Equal(EbpfResult.Success, _lab.Driver.ReferenceMap(2, out EbpfMap? map));
        RingRecord[] reserved = [Reserve(), Reserve(), Reserve()];
        Write(_lab, _fd, 5);
        reserved[1].Write(0, [7]);
        reserved[1].Submit();
        Assert.Equal(0, Library.ring_buffer__consume(rb));
        reserved[0].Discard();
        Assert.Equal(1, Library.ring_buffer__consume(rb));
        reserved[2].Discard();
        Assert.Equal(1, Library.ring_buffer__poll(rb, -1));
        Assert.Equal(["7", "5"], _seen);
        map!.Dereference();

        RingRecord Reserve()
        {
            Assert.Equal(EbpfResult.Success, _lab.Driver.ReserveRecord(map!, 0, 1, out RingRecord? record));
            return record!;
        }
    }

    private static int Ignore(object? ctx, ulong data, ulong size) => 0;

    private static void Write(Lab lab, int fd, params byte[] record)
    {
        ulong data = lab.Put<byte>(record);
        Assert.Equal(EbpfResult.Success, lab.Library.ebpf_ring_buffer_map_write(fd, data, (ulong)record.Length));
        lab.Memory.Free(data);
    }

    /// <summary>Remembers a record by its first byte.</summary>
    private int Record(ulong data)
    {
        byte first = _lab.Bytes(data, 1)[0];
        _seen.Add($"{first}");
        return first;
    }

    private ring_buffer New(ring_buffer_sample_fn? sample = null) =>
        Library.ring_buffer__new(_fd, sample ?? ((_, data, _) => Record(data)))!;
}
