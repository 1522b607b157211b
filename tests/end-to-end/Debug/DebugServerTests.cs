using System.Text.Json;
using KernelSim.EndToEnd.Tests.Process;
using KernelSim.EndToEnd.Tests.Script;
using KernelSim.EndToEnd.Tests.Serve;
using KernelSim.EndToEnd.Tests.Trace;

namespace KernelSim.EndToEnd.Tests.Debug;

/// <summary><c>debug</c> and <c>dump</c> on a server that goes on serving.</summary>
public sealed class DebugServerTests(ServerProcess server, TourTrace tour) : IClassFixture<ServerProcess>
{
    [Fact]
    public void A_live_server_and_its_dump_show_the_objects_of_its_clients()
    {
        using LineClient client = server.Connect();
        client.Expect(3, LabScript.CreateStats);
        uint id = client.Ask("""{"op":"obj_get_info_by_fd","fd":3}""").GetProperty("id").GetUInt32();
        ToolRun live = ToolRun.Of("debug", "--server", server.Name, "-j", "-c", "!machine; !process; !handle; !poolused; !irp");

        Assert.Equal((0, ""), (live.ExitCode, live.Error));
        Assert.Equal(["!machine", "!process", "!handle", "!poolused", "!irp"], live.Json.Select(r => r.GetProperty("command").GetString()));
        JsonElement machine = Assert.Single(Rows(live, 0));
        Assert.Equal(server.Ready.GetProperty("cpus").GetInt32(), machine.GetProperty("cpus").GetInt32());
        Assert.False(machine.GetProperty("stopped").GetBoolean());
        JsonElement process = Assert.Single(Rows(live, 1), r => !r.GetProperty("exited").GetBoolean());
        Assert.Equal(Rows(live, 2).Count, process.GetProperty("handles").GetInt32());
        Assert.Equal(id, Assert.Single(Rows(live, 2), r => r.GetProperty("type").GetString() == "Map").GetProperty("object_id").GetUInt32());
        Assert.NotEmpty(Rows(live, 3));

        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "machine.dmp");
        ToolRun dump = ToolRun.Of("dump", "--server", server.Name, "-o", file, "-j");
        Assert.Equal((0, ""), (dump.ExitCode, dump.Error));
        Assert.Equal(new FileInfo(file).Length, dump.Json[0].GetProperty("bytes").GetInt64());
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder.Path));
        ToolRun dead = ToolRun.Of("debug", "--dump", file, "-j", "-c", "!process; !poolused");
        Assert.Equal([live.Lines[1], live.Lines[3]], dead.Lines);
    }

    [Fact]
    public void A_trace_of_another_process_is_refused()
    {
        ToolRun run = ToolRun.Of("debug", "--server", server.Name, "--trace", tour.Path, "-c", "!analyze");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Matches($"^kernelsim: '.*' given with --trace, expected a trace of process {server.Id}: its events are of process \\d+\n$", run.Error);
    }

    [Fact]
    public void Maps_records_and_the_cause_of_a_refusal_are_read_from_a_live_server()
    {
        using LineClient client = server.Connect();
        client.Expect(3, """{"op":"map_create","type":"array","name":"slots","key_size":4,"value_size":8,"max_entries":2,"as":"slots"}""");
        uint id = client.Ask("""{"op":"obj_get_info_by_fd","fd":3}""").GetProperty("id").GetUInt32();
        client.Expect(0, """{"op":"map_update_elem","fd":3,"key":"01000000","value":"0102030405060708"}""");
        Assert.Equal(
            "map.update.index",
            client.Ask("""{"op":"map_update_batch","fd":3,"keys":"0100000007000000","values":"00000000000000010000000000000002","count":2}""")
                .GetProperty("check").GetString());

        ToolRun run = ToolRun.Of("debug", "--server", server.Name, "-j", "-c", $"!maps; !map {id}; !rcdr 100; !analyze -v");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement map = Assert.Single(Rows(run, 0), r => r.GetProperty("id").GetUInt32() == id);
        Assert.Equal(("array", "slots", 2), (
            map.GetProperty("type").GetString(), map.GetProperty("name").GetString(), map.GetProperty("entries").GetInt32()));
        Assert.Equal(
            [("00000000", "0000000000000000"), ("01000000", "0000000000000001")],
            Rows(run, 1).Select(r => (r.GetProperty("key").GetString(), r.GetProperty("value").GetString())));
        Assert.Contains(Rows(run, 2), r => r.GetProperty("kind").GetString() == "refusal");
        JsonElement cause = run.Json[3];
        Assert.Equal(
            ("refusal", "map.update.index", 7, 1),
            (cause.GetProperty("cause").GetString(), cause.GetProperty("check").GetString(), cause.GetProperty("given").GetInt32(),
                cause.GetProperty("expected").GetInt32()));
    }

    [Fact]
    public void A_server_goes_on_when_the_debugger_that_holds_it_is_killed()
    {
        using LineClient client = server.Connect();
        client.Expect(3, LabScript.CreateHash);
        using System.Diagnostics.Process debugger = ToolProcess.Start("debug", "--server", server.Name, "--hold", "-j");
        debugger.StandardInput.WriteLine("!machine");
        Assert.StartsWith("{\"command\":\"!machine\",\"rows\":[", debugger.ReadLineWithin("the machines"));

        debugger.Kill();
        Assert.True(debugger.WaitForExit(LimitedWaits.Limit));

        client.Expect(0, """{"op":"close","fd":3}""");
    }

    [Fact]
    public void A_server_serves_between_the_lines_of_a_session()
    {
        using LineClient client = server.Connect();
        using System.Diagnostics.Process debugger = ToolProcess.Start("debug", "--server", server.Name, "-j");
        debugger.StandardInput.WriteLine("!poolused");
        string? before = debugger.ReadLineWithin("the first answer");
        client.Expect(3, LabScript.CreateHash);
        debugger.StandardInput.WriteLine("!poolused");

        Assert.NotEqual(before, debugger.ReadLineWithin("the second answer"));
        debugger.StandardInput.WriteLine("nothing");
        debugger.StandardInput.WriteLine("q");
        (int exitCode, string output, string error) = debugger.EndWithin("the end of the session");
        Assert.Equal(1, exitCode);
        Assert.Equal("{\"command\":\"nothing\",\"error\":\"'nothing' given, expected a command; .help lists them\"}\n", output);
        Assert.Equal("kernelsim: 'nothing' given, expected a command; .help lists them\n", error);
    }

    [Fact]
    public void A_process_that_is_no_server_is_refused_in_one_line()
    {
        ToolRun gone = ToolRun.Of("debug", "--pid", "999999999", "-j", "-c", "!machine");
        Assert.Equal(1, gone.ExitCode);
        Assert.Equal(
            "process 999999999 given, expected one that runs: there is none of that id", Assert.Single(gone.Json).GetProperty("error").GetString());
        Assert.Equal(1, ToolRun.Of("dump", "--pid", "999999999", "-o", "x.dmp").ExitCode);

        using System.Diagnostics.Process other = System.Diagnostics.Process.Start("sleep", "60");
        try
        {
            ToolRun alien = ToolRun.Of("debug", "--pid", $"{other.Id}", "-c", "!machine");
            Assert.Equal(1, alien.ExitCode);
            Assert.Contains("expected a .NET process that runs a machine", alien.Error);
            Assert.Contains("it has no diagnostics port", ToolRun.Of("dump", "--pid", $"{other.Id}", "-o", "x.dmp").Error);
        }
        finally
        {
            other.Kill();
        }
    }

    [Theory]
    [InlineData("no process given, expected one of --pid N, --dump FILE and --server [NAME]", "debug")]
    [InlineData("--pid and --dump given, expected one of --pid N, --dump FILE and --server [NAME]", "debug", "--pid", "1", "--dump", "x")]
    [InlineData("--hold and --dump given, expected --hold with a process", "debug", "--hold", "--dump", "x")]
    [InlineData("no process given, expected --pid N or --server [NAME]", "dump", "-o", "x")]
    public void Wrong_usage_is_refused(string complaint, params string[] args)
    {
        ToolRun run = ToolRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error);
    }

    private static IReadOnlyList<JsonElement> Rows(ToolRun run, int line) => [.. run.Json[line].GetProperty("rows").EnumerateArray()];
}
