using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>One ring as a program without a library uses it: its three views, and the operations on it.</summary>
internal sealed class TestRing
{
    private readonly EbpfUser _user;
    private readonly NtHandle _map;
    private readonly uint _index;

    public TestRing(EbpfUser user, NtHandle map, uint index = 0)
    {
        (_user, _map, _index) = (user, map, index);
        Consumer = MapView(RingBufferUserSection.Consumer, MemoryAccess.Write, out _);
        Producer = MapView(RingBufferUserSection.Producer, MemoryAccess.Read, out _);
        Data = MapView(RingBufferUserSection.Data, MemoryAccess.Read, out ulong capacity);
        Capacity = (uint)capacity;
    }

    public UserRange Consumer { get; }

    public UserRange Producer { get; }

    public UserRange Data { get; }

    public uint Capacity { get; }

    public ref ulong ConsumerOffset => ref MemoryMarshal.AsRef<ulong>(_user.Gate.Memory.Access(Consumer.Address, 8, MemoryAccess.Write, "test"));

    public ulong ProducerOffset => Volatile.Read(ref Number(Producer.Address));

    public ulong LostRecords => Volatile.Read(ref Number(Producer.Address + 64));

    /// <summary>Header and payload of the record at an offset, in the second half of the data if asked.</summary>
    public (uint Length, uint PageOffset, byte[] Payload) RecordAt(ulong offset, bool secondHalf = false)
    {
        ulong at = Data.Address + (offset % Capacity) + (secondHalf ? Capacity : 0);
        Span<byte> header = _user.Gate.Memory.Access(at, 8, MemoryAccess.Read, "test");
        uint length = Volatile.Read(ref MemoryMarshal.AsRef<uint>(header));
        uint bytes = length & RingRecordHeader.LengthMask;
        byte[] payload = at + 8 + bytes <= Data.End
            ? _user.Gate.Memory.Access(at + 8, bytes, MemoryAccess.Read, "test").ToArray()
            : [];
        return (length, MemoryMarshal.Read<uint>(header[4..]), payload);
    }

    /// <summary>Reads all that can be read and gives the room back through the consumer page.</summary>
    public List<byte[]> Consume()
    {
        List<byte[]> records = [];
        ulong consumer = Volatile.Read(ref ConsumerOffset);
        for (ulong producer = ProducerOffset; consumer < producer;)
        {
            (uint length, _, byte[] payload) = RecordAt(consumer);
            if ((length & RingRecordHeader.LockedBit) != 0)
            {
                break;
            }

            if ((length & RingRecordHeader.DiscardedBit) == 0)
            {
                records.Add(payload);
            }

            consumer += ((length & RingRecordHeader.LengthMask) + 15) & ~7u;
            Volatile.Write(ref ConsumerOffset, consumer);
        }

        return records;
    }

    public Answer Write(ReadOnlySpan<byte> data) =>
        _user.Send(EbpfOperationId.MapWriteData, new MapWriteDataRequest { MapHandle = _map }, data);

    public Answer Query() =>
        _user.Send(EbpfOperationId.MapQueryBuffer, new MapQueryBufferRequest { MapHandle = _map, Index = _index }, replyBytes: 24);

    public Answer SetWaitHandle(NtHandle handle, ulong flags = 0) => _user.Send(
        EbpfOperationId.MapSetWaitHandle,
        new MapSetWaitHandleRequest { MapHandle = _map, Index = _index, WaitHandle = handle, Flags = flags });

    private UserRange MapView(RingBufferUserSection section, MemoryAccess access, out ulong viewSize)
    {
        Answer answer = SectionOf(_user, _map, _index, (uint)section).Expect(EbpfResult.Success);
        RingBufferMapMapBufferReply reply = answer.As<RingBufferMapMapBufferReply>();
        NtHandle handle = new((long)reply.SectionHandle);
        Assert.Equal(NtStatus.Success, _user.Gate.NtMapViewOfSection(0, handle, access, out UserRange view));
        Assert.Equal(NtStatus.Success, _user.Gate.NtClose(0, handle));
        viewSize = reply.ViewSize;
        return view;
    }

    public static Answer SectionOf(EbpfUser user, NtHandle map, ulong index, uint section) => user.Send(
        EbpfOperationId.RingBufferMapMapBuffer,
        new RingBufferMapMapBufferRequest { MapHandle = map, Index = index, Section = section },
        replyBytes: 24);

    private ref ulong Number(ulong address) => ref MemoryMarshal.AsRef<ulong>(_user.Gate.Memory.Access(address, 8, MemoryAccess.Read, "test"));
}
