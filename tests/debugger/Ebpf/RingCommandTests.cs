using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Tests.Ebpf;

public sealed class RingCommandTests : IDisposable
{
    private readonly EbpfMachine _machine = new();
    private readonly Glass _glass;

    public RingCommandTests() => _glass = new Glass(_machine.Machine);

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        _glass.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public void The_unread_records_of_a_ring_buffer_are_shown_with_its_offsets()
    {
        TestMap map = User.NewMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096);
        TestRing ring = new(User, map.Handle);
        ring.Write([1, 2, 3]);
        ring.Consume();
        ring.Write([4, 5]);
        ring.Write([6]);

        Output.CommandResult result = _glass.Run("!ring 2");
        ResultRow row = Assert.Single(ResultRow.Of(result.Tables[0]));
        IReadOnlyList<ResultRow> records = ResultRow.Of(result.Tables[1]);

        Assert.Equal((ring.ConsumerOffset, ring.ProducerOffset, 4096u), (row["consumer"], row["producer"], row["capacity"]));
        Assert.Equal([[4, 5], [6]], records.Select(r => r.Get<byte[]>("data")));
        Assert.All(records, r => Assert.Equal("ready", r["state"]));
        Assert.Equal([[4, 5], [6]], _glass.Rows("!map 2").Select(r => r.Get<byte[]>("value")));
        Assert.Equal(2L, Assert.Single(_glass.Rows("!maps"))["entries"]);
    }

    [Fact]
    public void A_request_that_waits_for_a_record_is_named()
    {
        TestMap map = User.NewMap(BpfMapType.PerfEventArray, valueSize: 0, maxEntries: 4096);
        PendingQuery query = new(User, map.Handle, index: 1);
        Assert.Equal(NtStatus.Pending, query.Sent);

        IReadOnlyList<ResultRow> rows = _glass.Rows("!ring 2");

        Assert.Equal(_machine.Machine.Processors.Count, rows.Count);
        Assert.Null(rows[0]["waiting_request"]);
        Assert.Equal(Assert.Single(_glass.Rows("!irp"))["request"], rows[1]["waiting_request"]);
        query.Cancel();
    }

    [Fact]
    public void An_offset_that_the_reader_made_up_is_one_line()
    {
        TestMap map = User.NewMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096);
        TestRing ring = new(User, map.Handle) { ConsumerOffset = 12345678 };
        ring.Write([1]);

        Output.CommandResult result = _glass.Run("!ring 2");

        Assert.StartsWith("ring 0: the reader's offset is 12345678, expected at most 4096 bytes before", Assert.Single(result.Notes));
        Assert.Empty(result.Tables[1].Rows);
    }
}
