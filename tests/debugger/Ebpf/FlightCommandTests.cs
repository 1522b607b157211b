using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.Debugger.Tests.Ebpf;

public sealed class FlightCommandTests : IDisposable
{
    private readonly EbpfMachine _machine = new(cpus: 4);
    private readonly Glass _glass;

    public FlightCommandTests() => _glass = new Glass(_machine.Machine);

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        _glass.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public void The_records_of_the_recorder_are_those_that_the_machine_reads()
    {
        TestMap map = User.NewMap(BpfMapType.PercpuHash);
        map.Fill(3);
        map.Find(map.Key(9));

        IReadOnlyList<ResultRow> rows = _glass.Rows("!rcdr 20");

        IReadOnlyList<FlightEntry> own = _machine.Machine.FlightRecorder.Read(20);
        Assert.Equal(20, rows.Count);
        Assert.Equal(
            own.Select(e => (e.Sequence, e.Processor, e.Name, e.Request, e.Text)),
            rows.Select(r => (
                r.Get<ulong>("sequence"), r.Get<int>("processor"), r.Get<string>("kind"), r.Get<ulong>("request"), r.Get<string>("text"))));
    }

    [Fact]
    public void A_request_shows_its_records_and_what_it_touched()
    {
        TestMap map = User.NewMap(BpfMapType.PercpuHash, name: "stats");
        map.Find(map.Key(1), room: 8).ExpectRefusal(CheckTable.MapFindValueSize, 8, 32);
        ulong request = _machine.Machine.FlightRecorder.Read().Last(r => r.Kind == FlightKind.Refusal).Request;

        Output.CommandResult result = _glass.Run($"!request {request}");

        Assert.Contains(ResultRow.Of(result.Tables[0]), r => (string)r["kind"]! == "refusal");
        Assert.All(ResultRow.Of(result.Tables[0]), r => Assert.Equal(request, r["request"]));
        ResultRow touched = Assert.Single(ResultRow.Of(result.Tables.Single(t => t.Name == "objects")));
        Assert.Equal((2u, "map", "stats", true), (touched["id"], touched["type"], touched["name"], touched["exists"]));
    }

    [Fact]
    public void A_pending_request_shows_its_irp()
    {
        TestMap map = User.NewMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096);
        PendingQuery query = new(User, map.Handle);
        ulong request = (ulong)Assert.Single(_glass.Rows("!irp"))["request"]!;

        ResultRow irp = Assert.Single(ResultRow.Of(_glass.Run($"!request {request}").Tables.Single(t => t.Name == "irp")));

        Assert.Equal(("map_async_query", true), (irp["operation"], irp["pending"]));
        query.Cancel();
    }

    [Fact]
    public void A_request_that_nobody_knows_is_one_line()
    {
        User.NewMap(BpfMapType.Hash);

        string? error = _glass.Try("!request 999999").Error;

        Assert.StartsWith("!request: request 999999 has no records: it never reached the kernel, or they were overwritten (the flight recorder "
            + "has requests from 1 to ", error);
    }
}
