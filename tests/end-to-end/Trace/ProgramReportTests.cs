using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>The report and the reasons of a trace in which programs run: in test runs, at a hook, with maps and rings.</summary>
public sealed class ProgramReportTests : IClassFixture<ProgramReportTests.ProgramTrace>
{
    private readonly string _path;
    private readonly JsonElement _report;

    public ProgramReportTests(ProgramTrace trace)
    {
        _path = trace.Path;
        _report = ToolRun.Parse(ToolRun.Of("trace", "report", _path, "-j").Output);
    }

    [Fact]
    public void A_program_has_its_name_its_type_its_runs_and_its_test_runs()
    {
        JsonElement program = Row("programs", "name", "DropPacket");

        Assert.Equal(("xdp", "EBPF_SUCCESS"), (Text(program, "type"), Text(program, "load")));
        Assert.Equal(
            (4, 2, 1, 4),
            (Number(program, "runs"), Number(program, "test_runs"), Number(program, "failed_test_runs"), Number(program, "repeats")));
        Assert.Equal(Count("MapHelper", "programId", Number(program, "id")), Number(program, "helper_calls"));
    }

    [Fact]
    public void A_link_has_its_hook_and_what_it_ran()
    {
        JsonElement link = Row("links", "attach_type", "xdp");

        Assert.Equal(Number(Row("programs", "name", "DropPacket"), "id"), Number(link, "program"));
        Assert.Equal((1, 1, 0), (Number(link, "attached"), Number(link, "invocations"), Number(link, "failed")));
        Assert.Equal("STATUS_SUCCESS", Text(link, "answer"));
    }

    [Fact]
    public void A_map_has_what_programs_stored_in_it_though_no_request_asked_for_it()
    {
        JsonElement map = Row("maps", "name", "process_map");

        Assert.Equal((2, 1, 8), (Number(map, "helper_calls"), Number(map, "stores"), Number(map, "bytes_stored")));
        JsonElement update = _report.GetProperty("helpers").EnumerateArray()
            .Single(h => Text(h, "helper") == "bpf_map_update_elem" && Number(h, "map") == Number(map, "id"));
        Assert.Equal(1, Number(update, "calls"));
        JsonElement lookup = _report.GetProperty("helpers").EnumerateArray()
            .Single(h => Text(h, "helper") == "bpf_map_lookup_elem" && Number(h, "map") == Number(map, "id"));
        Assert.Equal(1, lookup.GetProperty("failures").GetProperty("EBPF_OBJECT_NOT_FOUND").GetInt32());
    }

    [Fact]
    public void A_ring_has_its_records_and_those_that_were_lost()
    {
        JsonElement ring = Assert.Single(_report.GetProperty("rings").EnumerateArray());

        Assert.Equal(Number(Row("maps", "name", "events"), "id"), Number(ring, "map"));
        Assert.Equal(
            (Count("RingSubmit", "ring", 0), Count("RingLost", "ring", 0)), (Number(ring, "records"), Number(ring, "lost")));
        Assert.Equal((2, 1), (Number(ring, "records"), Number(ring, "lost")));
    }

    [Fact]
    public void Text_has_a_table_for_each()
    {
        string text = ToolRun.Of("trace", "report", _path).Output;

        Assert.All(
            ["Rings", "Programs", "Helpers that programs called on maps", "Links"],
            heading => Assert.Contains($"\n\n{heading}\n", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("program.test_run.cpu")]
    [InlineData("link.hook.provider")]
    public void What_the_driver_refused_later_or_elsewhere_is_explained_too(string check)
    {
        ulong request = Row("refusals", "check", check).GetProperty("first_request").GetUInt64();

        JsonElement why = ToolRun.Parse(ToolRun.Of("trace", "why", _path, "--request", $"{request}", "-j").Output);

        Assert.Equal("refused", Text(why, "kind"));
        Assert.Equal(check, Text(why.GetProperty("check"), "id"));
        Assert.Equal("EINVAL", Text(why, "errno"));
    }

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetString()!;

    private static long Number(JsonElement row, string field) => row.GetProperty(field).GetInt64();

    private JsonElement Row(string list, string key, string value) =>
        _report.GetProperty(list).EnumerateArray().Single(r => Text(r, key) == value);

    private long Count(string name, string field, long value) =>
        ToolRun.Of("trace", "events", _path, "--event", name, "-j").Json
            .Count(e => e.GetProperty("payload").GetProperty(field).GetInt64() == value);

    /// <summary>The trace of a script, recorded once.</summary>
    public sealed class ProgramTrace : IDisposable
    {
        private const string Packet = "ffffffffffff0000000000000800450000200000000040110000c0a80001c0a8000204d200350008000000";

        private readonly TempFolder _folder = new();

        public ProgramTrace()
        {
            string script = _folder.Add("programs.jsonl", System.Text.Encoding.UTF8.GetBytes(
                $$"""
                {"op":"object_load","as":"o","file":"droppacket.sys"}
                {"op":"prog_attach","as":"l","fd":"o.DropPacket","ifindex":1}
                {"op":"network_event","cpu":2,"event":"packet","protocol":"udp","ifindex":1}
                {"op":"prog_test_run","fd":"o.DropPacket","data":"{{Packet}}","repeat":3,"cpu":1}
                {"op":"prog_test_run","fd":"o.DropPacket","data":"00","cpu":9}
                {"op":"prog_attach","fd":"o.DropPacket","attach_type":"bind"}
                {"op":"object_load","as":"b","file":"bindmonitor.sys"}
                {"op":"prog_attach","fd":"b.BindMonitor"}
                {"op":"network_event","cpu":0,"event":"bind","local_address":"127.0.0.1","local_port":8080,"process":1000,"application":"server.exe"}
                {"op":"map_create","as":"r","type":"ringbuf","name":"events","key_size":0,"value_size":0,"max_entries":4096}
                {"op":"ring_buffer_map_write","fd":"r","data":"0102030405060708090a"}
                {"op":"helper_ringbuf_output","cpu":1,"fd":"r","data":"b2"}

                """ + $$"""{"op":"helper_ringbuf_output","cpu":1,"fd":"r","data":"{{new string('0', 2 * 4096)}}"}""" + "\n"));
            Path = System.IO.Path.Combine(_folder.Path, "programs.nettrace");
            ToolRun run = ToolRun.Of("trace", "collect", "--profile", "verbose", "-o", Path, "--", "kernelsim", "script", script);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.DoesNotContain("the program ended with", run.Error, StringComparison.Ordinal);
        }

        public string Path { get; }

        public void Dispose() => _folder.Dispose();
    }
}
