using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Rings;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Refusals;

// 408x and 44xx: ring buffers and perf event arrays.
internal static partial class RefusalWays
{
    private static readonly (Check Check, Func<RefusalBench, NtStatus> Way)[] s_rings =
    [
        (CheckTable.MapRingSupported, b => TestRing.SectionOf(b.User, b.User.NewMap(BpfMapType.Hash).Handle, 0, 0).Status),
        (CheckTable.MapUnmapBufferRing, b => b.User.Send(
            EbpfOperationId.RingBufferMapUnmapBuffer,
            new RingBufferMapUnmapBufferRequest { MapHandle = b.User.NewMap(BpfMapType.Hash).Handle }).Status),
        (CheckTable.RingCreateKeySize, b => b.CreateMap(BpfMapType.Ringbuf, maxEntries: 4096).Status),
        (CheckTable.RingCreatePowerOfTwo, b => b.CreateMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: 4097).Status),
        (CheckTable.RingCreatePages, b => b.CreateMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: 2048).Status),
        (CheckTable.RingCreateMemory, b => b.CreateMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: 1u << 30).Status),
        (CheckTable.RingIndex, b => TestRing.SectionOf(b.User, b.NewRing().Handle, 1, 0).Status),
        (CheckTable.RingSection, b => TestRing.SectionOf(b.User, b.NewRing().Handle, 0, 3).Status),
        (CheckTable.RingSectionHandle, WithoutRoomForHandles),
        (CheckTable.RingWaitFlags, b => Ring(b).SetWaitHandle(NtHandle.Invalid, flags: 1).Status),
        (CheckTable.RingWaitHandle, b => Ring(b).SetWaitHandle(NtHandle.Invalid).Status),
        (CheckTable.RingReturnProducer, b => Return(b, consumer: 225)),
        (CheckTable.RingReturnBoundary, b => Return(b, consumer: 8)),
        (CheckTable.RingReturnPage, b => Return(b, consumer: 112, page: 4)),
        (CheckTable.RingReturnLocked, ReturnLockedRecord),
        (CheckTable.RingQueryOutstanding, b =>
        {
            NtHandle map = b.NewRing().Handle;
            Assert.Equal(NtStatus.Pending, new PendingQuery(b.User, map).Sent);
            return new PendingQuery(b.User, map).Sent;
        }),
        (CheckTable.RingRecordLength, b => Ring(b).Write([]).Status),
        (CheckTable.RingRoom, b =>
        {
            TestRing ring = Ring(b);
            ring.Write(new byte[4088]).Expect(EbpfResult.Success);
            return ring.Write([1]).Status;
        }),
    ];

    private static TestRing Ring(RefusalBench bench) => new(bench.User, bench.NewRing().Handle);

    /// <summary>Gives records back up to an offset, after two of 112 bytes were written.</summary>
    private static NtStatus Return(RefusalBench bench, ulong consumer, ulong page = 0)
    {
        NtHandle map = bench.NewRing().Handle;
        TestRing ring = new(bench.User, map);
        ring.Write(new byte[100]).Expect(EbpfResult.Success);
        ring.Write(new byte[100]).Expect(EbpfResult.Success);
        ring.ConsumerOffset = page;
        return new PendingQuery(bench.User, map, consumer).Sent;
    }

    private static NtStatus ReturnLockedRecord(RefusalBench bench)
    {
        NtHandle handle = bench.NewRing().Handle;
        Assert.Equal(EbpfResult.Success, bench.Machine.Driver.ReferenceMap(bench.User.Process, handle, out EbpfMap? map));
        Assert.Equal(EbpfResult.Success, bench.Machine.Driver.ReserveRecord(map!, 0, 8, out RingRecord? record));
        NtStatus status = new PendingQuery(bench.User, handle, consumer: 16).Sent;
        record!.Discard();
        map!.Dereference();
        return status;
    }

    private static NtStatus WithoutRoomForHandles(RefusalBench bench)
    {
        EbpfUser crowded = bench.Machine.NewUser(new() { DenseHandles = true });
        NtHandle map = crowded.NewMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: 4096).Handle;
        while (crowded.Gate.NtCreateEvent(0, true, false, out _).IsSuccess)
        {
        }

        return TestRing.SectionOf(crowded, map, 0, 0).Status;
    }
}
