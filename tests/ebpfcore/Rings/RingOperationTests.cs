using System.Buffers.Binary;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Rings;

/// <summary>Operations 28, 30, 41, 42 and 43, rule by rule.</summary>
public sealed class RingOperationTests : IDisposable
{
    private const int Cpus = 3;

    private readonly EbpfMachine _machine = new(Cpus);

    public static TheoryData<BpfMapType, ulong> BadIndexes => new()
    {
        { BpfMapType.Ringbuf, 1 },
        { BpfMapType.Ringbuf, uint.MaxValue },
        { BpfMapType.PerfEventArray, Cpus },
        { BpfMapType.PerfEventArray, uint.MaxValue },
    };

    private EbpfUser User => _machine.User;

    public void Dispose() => _machine.Dispose();

    [Theory]
    [MemberData(nameof(BadIndexes))]
    public void An_index_past_the_rings_is_refused_by_every_operation(BpfMapType type, ulong index)
    {
        NtHandle map = NewMap(type);
        long last = type == BpfMapType.Ringbuf ? 0 : Cpus - 1;
        User.Send(EbpfOperationId.MapQueryBuffer, new MapQueryBufferRequest { MapHandle = map, Index = (uint)index }, replyBytes: 24)
            .ExpectRefusal(CheckTable.RingIndex, (long)index, last);
        User.Send(EbpfOperationId.MapAsyncQuery, new MapAsyncQueryRequest { MapHandle = map, Index = (uint)index }, replyBytes: 32)
            .ExpectRefusal(CheckTable.RingIndex, (long)index, last);
        User.Send(EbpfOperationId.MapSetWaitHandle, new MapSetWaitHandleRequest { MapHandle = map, Index = index, Flags = 1 })
            .ExpectRefusal(CheckTable.RingIndex, (long)index, last);
        TestRing.SectionOf(User, map, index, 9).ExpectRefusal(CheckTable.RingIndex, (long)index, last);
        Unmap(map, index).ExpectRefusal(CheckTable.RingIndex, (long)index, last);
    }

    [Theory]
    [InlineData(BpfMapType.Ringbuf)]
    [InlineData(BpfMapType.PerfEventArray)]
    public void An_index_counts_with_all_its_64_bits(BpfMapType type)
    {
        NtHandle map = NewMap(type);
        TestRing.SectionOf(User, map, 1UL << 32, 0).Expect(EbpfResult.InvalidArgument);
        Unmap(map, 1UL << 32).Expect(EbpfResult.InvalidArgument);
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PercpuArray)]
    public void A_map_without_rings_has_none_of_it(BpfMapType type)
    {
        NtHandle map = User.NewMap(type).Handle;
        User.Send(EbpfOperationId.MapQueryBuffer, new MapQueryBufferRequest { MapHandle = map }, replyBytes: 24)
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        User.Send(EbpfOperationId.MapAsyncQuery, new MapAsyncQueryRequest { MapHandle = map }, replyBytes: 32)
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        User.Send(EbpfOperationId.MapWriteData, new MapWriteDataRequest { MapHandle = map }, [1])
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        User.Send(EbpfOperationId.MapSetWaitHandle, new MapSetWaitHandleRequest { MapHandle = map })
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        TestRing.SectionOf(User, map, 0, 0).ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        Unmap(map, 0).ExpectRefusal(CheckTable.MapUnmapBufferRing, (uint)type, 0);
    }

    [Theory]
    [InlineData(BpfMapType.Ringbuf)]
    [InlineData(BpfMapType.PerfEventArray)]
    public void A_map_with_rings_has_no_elements(BpfMapType type)
    {
        TestMap map = User.NewMap(type, keySize: type == BpfMapType.Ringbuf ? 0u : 4u, maxEntries: 4096);
        int room = type == BpfMapType.Ringbuf ? 8 : 8 * Cpus;
        byte[] key = new byte[map.KeySize];
        map.Find(key, room: room).Expect(EbpfResult.OperationNotSupported);
        map.Update(key, new byte[room])
            .Expect(map.KeySize == 0 ? EbpfResult.OperationNotSupported : EbpfResult.InvalidArgument);
        map.NextKey([], room: map.KeySize).Expect(EbpfResult.OperationNotSupported);
        map.GetBatch(1).Expect(EbpfResult.OperationNotSupported);
    }

    [Theory]
    [InlineData(0u, 4096u, 4096u, MemoryAccess.Write)]
    [InlineData(1u, 4096u, 4096u, MemoryAccess.Read)]
    [InlineData(2u, 8192u, 16384u, MemoryAccess.Read)]
    public void A_section_can_be_mapped_for_what_it_is_for(uint section, uint viewSize, uint mapped, MemoryAccess most)
    {
        NtHandle map = NewMap(BpfMapType.Ringbuf, 8192);
        RingBufferMapMapBufferReply reply = TestRing.SectionOf(User, map, 0, section).Expect(EbpfResult.Success).As<RingBufferMapMapBufferReply>();
        Assert.Equal((24, EbpfOperationId.RingBufferMapMapBuffer), (reply.Header.Length, reply.Header.Id));
        Assert.Equal(viewSize, reply.ViewSize);
        NtHandle handle = new((long)reply.SectionHandle);
        NtStatus writing = User.Gate.NtMapViewOfSection(0, handle, MemoryAccess.Write, out UserRange view);
        Assert.Equal(most == MemoryAccess.Write ? NtStatus.Success : NtStatus.AccessDenied, writing);
        Assert.Equal(NtStatus.Success, User.Gate.NtMapViewOfSection(0, handle, MemoryAccess.Read, out view));
        Assert.Equal(mapped, view.Length);
    }

    [Theory]
    [InlineData(3u)]
    [InlineData(uint.MaxValue)]
    public void There_is_no_other_section(uint section) =>
        TestRing.SectionOf(User, NewMap(BpfMapType.Ringbuf), 0, section).ExpectRefusal(CheckTable.RingSection, section, 2);

    [Fact]
    public void A_full_handle_table_gets_no_section()
    {
        EbpfUser crowded = _machine.NewUser(new() { DenseHandles = true });
        NtHandle map = crowded.NewMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: 4096).Handle;
        while (crowded.Gate.NtCreateEvent(0, true, false, out _).IsSuccess)
        {
        }

        TestRing.SectionOf(crowded, map, 0, 0).ExpectRefusal(CheckTable.RingSectionHandle, 1024, 0);
    }

    [Fact]
    public void Unmapping_has_nothing_to_do_but_look_at_the_index()
    {
        NtHandle map = NewMap(BpfMapType.PerfEventArray);
        TestRing ring = new(User, map, 1);
        Unmap(map, 1).Expect(EbpfResult.Success);
        Assert.Equal(0u, ring.ProducerOffset);
    }

    [Fact]
    public void A_query_says_where_the_data_is_in_the_kernel_and_how_far_the_reader_is()
    {
        TestRing ring = new(User, NewMap(BpfMapType.Ringbuf));
        ring.ConsumerOffset = 4711;
        MapQueryBufferReply reply = ring.Query().Expect(EbpfResult.Success).As<MapQueryBufferReply>();
        Assert.True(reply.BufferAddress >= 0xFFFF_8000_0000_0000);
        Assert.Equal(4711u, reply.ConsumerOffset);
        Assert.False(User.Gate.Memory.TryAccess(reply.BufferAddress, 1, MemoryAccess.Read, "test", out _, out _));
    }

    [Theory]
    [InlineData(BpfMapType.Ringbuf, 4088)]
    [InlineData(BpfMapType.PerfEventArray, 4088)]
    public void A_record_fits_with_its_header_or_not_at_all(BpfMapType type, int longest)
    {
        TestRing ring = new(User, NewMap(type));
        Write(ring, 0).ExpectRefusal(CheckTable.RingRecordLength, 0, longest);
        Write(ring, longest + 1).ExpectRefusal(CheckTable.RingRecordLength, longest + 1, longest);
        Write(ring, longest).Expect(EbpfResult.Success);
        Write(ring, 1).ExpectRefusal(CheckTable.RingRoom, 16, 0);
    }

    [Fact]
    public void Writing_from_user_mode_into_a_perf_event_array_goes_to_the_processor_that_serves_the_request()
    {
        NtHandle map = NewMap(BpfMapType.PerfEventArray);
        TestRing[] rings = [.. Enumerable.Range(0, Cpus).Select(i => new TestRing(User, map, (uint)i))];
        rings[0].Write([1, 2, 3]).Expect(EbpfResult.Success);
        TestRing written = Assert.Single(rings, r => r.ProducerOffset != 0);
        Assert.Equal([1, 2, 3], Assert.Single(written.Consume()));
    }

    [Fact]
    public void The_flags_of_a_write_are_ignored()
    {
        NtHandle map = NewMap(BpfMapType.Ringbuf);
        User.Send(EbpfOperationId.MapWriteData, new MapWriteDataRequest { MapHandle = map, Flags = ulong.MaxValue }, [7]).Expect(EbpfResult.Success);
        Assert.Equal([7], Assert.Single(new TestRing(User, map).Consume()));
    }

    [Fact]
    public void A_wait_handle_has_no_flags_and_is_an_event()
    {
        TestRing ring = new(User, NewMap(BpfMapType.Ringbuf));
        User.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle good);
        ring.SetWaitHandle(good, flags: 1).ExpectRefusal(CheckTable.RingWaitFlags, 1, 0);
        ring.SetWaitHandle(new NtHandle(-1), flags: 2).ExpectRefusal(CheckTable.RingWaitFlags, 2, 0);
        ring.SetWaitHandle(NtHandle.Invalid).ExpectRefusal(CheckTable.RingWaitHandle, -1, 1);
        ring.SetWaitHandle(User.Device).ExpectRefusal(CheckTable.RingWaitHandle, User.Device.Value, 1);
        ring.SetWaitHandle(good).Expect(EbpfResult.Success);
    }

    [Fact]
    public void The_event_is_set_by_a_record_and_only_the_last_one_that_was_named()
    {
        TestRing ring = new(User, NewMap(BpfMapType.Ringbuf));
        User.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle first);
        User.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle second);
        ring.SetWaitHandle(first).Expect(EbpfResult.Success);
        Assert.False(IsSet(first));
        ring.Write([1]).Expect(EbpfResult.Success);
        Assert.True(IsSet(first));

        User.Gate.NtClearEvent(0, first);
        ring.SetWaitHandle(second).Expect(EbpfResult.Success);
        ring.Write([1]).Expect(EbpfResult.Success);
        Assert.Equal((false, true), (IsSet(first), IsSet(second)));
    }

    [Fact]
    public void An_event_whose_handle_was_closed_goes_with_the_map()
    {
        NtHandle map = NewMap(BpfMapType.Ringbuf);
        TestRing ring = new(User, map);
        User.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle handle);
        ring.SetWaitHandle(handle).Expect(EbpfResult.Success);
        User.Gate.NtClose(0, handle);
        ring.Write([1]).Expect(EbpfResult.Success);
        Assert.Equal(1, _machine.Machine.Objects.LiveObjects["Event"]);
        User.Close(map).Expect(EbpfResult.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_machine.Machine.Objects.LiveObjects.ContainsKey("Event"));
    }

    [Fact]
    public void Another_process_reads_and_is_woken_through_the_same_ring()
    {
        TestRing mine = new(User, NewMap(BpfMapType.Ringbuf));
        EbpfUser other = _machine.NewUser();
        NtHandle theirs = other.HandleById(EbpfOperationId.GetMapHandleById, 2).Expect(EbpfResult.Success).As<GetHandleByIdReply>().Handle;
        TestRing ring = new(other, theirs);
        mine.Write([5, 6]).Expect(EbpfResult.Success);
        Assert.Equal([5, 6], Assert.Single(ring.Consume()));
        Assert.Equal(16u, mine.ConsumerOffset);
        Assert.Empty(mine.Consume());
    }

    [Fact]
    public void A_reader_keeps_what_it_sees_when_the_map_has_gone()
    {
        NtHandle map = NewMap(BpfMapType.Ringbuf);
        TestRing ring = new(User, map);
        ring.Write([1, 2]).Expect(EbpfResult.Success);
        User.Close(map).Expect(EbpfResult.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(0, _machine.Driver.ObjectCount);
        Assert.Equal([1, 2], Assert.Single(ring.Consume()));
    }

    [Fact]
    public void A_write_into_the_read_only_views_ends_the_process()
    {
        TestRing ring = new(User, NewMap(BpfMapType.Ringbuf));
        Assert.Throws<AccessViolationFault>(() => User.Gate.Memory.Access(ring.Producer.Address, 8, MemoryAccess.Write, "test"));
        Assert.Throws<AccessViolationFault>(() => User.Gate.Memory.Access(ring.Data.Address, 8, MemoryAccess.Write, "test"));
        User.Gate.Memory.Access(ring.Consumer.Address, 8, MemoryAccess.Write, "test");
    }

    [Fact]
    public void The_info_of_a_perf_event_array_has_its_own_value_size()
    {
        NtHandle map = User.NewMap(BpfMapType.PerfEventArray, keySize: 4, valueSize: 12, maxEntries: 8192).Handle;
        Answer info = User.Info(map).Expect(EbpfResult.Success);
        Assert.Equal(12u, BinaryPrimitives.ReadUInt32LittleEndian(info.Bytes.AsSpan(12 + 12)));
    }

    private static Answer Write(TestRing ring, int bytes) => ring.Write(new byte[bytes]);

    private bool IsSet(NtHandle handle) => User.Gate.NtWaitForSingleObject(0, handle, TimeSpan.Zero) == NtStatus.Success;

    private NtHandle NewMap(BpfMapType type, uint bytes = 4096) => User.NewMap(type, keySize: 0, valueSize: 0, maxEntries: bytes).Handle;

    private Answer Unmap(NtHandle map, ulong index) => User.Send(
        EbpfOperationId.RingBufferMapUnmapBuffer, new RingBufferMapUnmapBufferRequest { MapHandle = map, Index = index });
}
