using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#3001: a subscriber that starts again asks for records from the beginning, and is never woken.</summary>
internal sealed class RestartedSubscriber : IExhibit
{
    private const uint RingBytes = 64 * 1024;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-3001",
        Title = "a subscriber that was not woken after a restart",
        Side = ExhibitSide.Protocol,
        Year = 2023,
        Link = ExhibitLabel.Issue(3001),
        Fixes = [ExhibitLabel.Pull(3002)],
        Saw = "a monitor gets events from a ring buffer once; after a restart its callback never runs",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A monitor subscribes to a ring buffer, reads what comes, and ends. It is started again and wants what comes then.",
        Application = "a new subscription begins with the next record",
        Library = "a new subscriber has consumed nothing, so its offset is zero",
        Kernel = "an offset says how far the reader has come, and never goes back",
        Wrong = "The query that waits for records also returns what has been read, by an offset. The library that starts anew knows none and sent "
            + "zero. The driver subtracts the ring's own offset, gets a number below zero, and refuses the query; nobody is left to be woken.",
        Fix = "The reply with the ring's address got a field: the consumer's offset, from which a new subscriber goes on.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("a subscriber that begins at zero") { CallerErrs = true };

    /// <inheritdoc/>
    public Cast After { get; } = new("a subscriber that begins at the ring's offset");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int ring = stage.CreateMap(BpfMapType.Ringbuf, 0, 0, RingBytes);
        ulong record = stage.Place("a record"u8);
        NtHandle map = RawMap.Open(stage, out NtHandle device);
        WriteRecord(stage, ring, record);

        // The first subscriber reads one record, returns it, and ends.
        DeviceRequest first = Query(stage, device, map, 0, arguments: null);
        ulong produced = MemoryMarshal.Read<MapAsyncQueryReply>(first.Result().Reply).AsyncQueryResult.Producer;
        first.Dispose();
        DeviceRequest returned = Query(stage, device, map, produced, arguments: null);
        stage.Gate.NtCancelIoFile(0, device);
        returned.Wait(0, TimeSpan.Zero);
        returned.Dispose();

        // The second one starts anew.
        ulong offset = AskForOffset(stage, device, map);
        ulong sent = stage.CallerErrs ? 0 : offset;
        DeviceRequest second = Query(stage, device, map, sent, $"ring, consumer_offset {sent}");
        WriteRecord(stage, ring, record);
        bool woken = second.Wait(0, TimeSpan.Zero) == NtStatus.Success && second.Result().Status.IsSuccess;
        stage.Compare("the subscriber, once there is a record", "woken", woken ? "woken" : "not woken");
        second.Dispose();
        RawMap.Close(stage, map, device);
    }

    private static void WriteRecord(ExhibitStage stage, int ring, ulong record) => stage.Prepare(
        "ebpf_ring_buffer_map_write",
        library => -(int)library.ebpf_ring_buffer_map_write(ring, record, (ulong)"a record"u8.Length));

    private static DeviceRequest Query(ExhibitStage stage, NtHandle device, NtHandle map, ulong offset, string? arguments)
    {
        MapAsyncQueryRequest request = new()
        {
            Header = new OperationHeader { Length = (ushort)Unsafe.SizeOf<MapAsyncQueryRequest>(), Id = EbpfOperationId.MapAsyncQuery },
            MapHandle = map,
            ConsumerOffset = offset,
        };
        stage.Send(device, RawMap.Bytes(request), (uint)Unsafe.SizeOf<MapAsyncQueryReply>(), arguments, out DeviceRequest sent);
        return sent;
    }

    private static ulong AskForOffset(ExhibitStage stage, NtHandle device, NtHandle map)
    {
        MapQueryBufferRequest request = new()
        {
            Header = new OperationHeader { Length = (ushort)Unsafe.SizeOf<MapQueryBufferRequest>(), Id = EbpfOperationId.MapQueryBuffer },
            MapHandle = map,
        };
        stage.Send(device, RawMap.Bytes(request), (uint)Unsafe.SizeOf<MapQueryBufferReply>(), "ring", out DeviceRequest sent);
        using (sent)
        {
            return MemoryMarshal.Read<MapQueryBufferReply>(sent.Result().Reply).ConsumerOffset;
        }
    }
}
