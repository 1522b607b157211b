using KernelSim.EndToEnd.Tests.Process;
using KernelSim.EndToEnd.Tests.Serve;

namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>bpftool's verbs with a real server and, where it is about processes, real clients.</summary>
public sealed class ServerCommandTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    [Fact]
    public void A_command_on_a_server_prints_what_it_prints_without_one()
    {
        using BpftoolMachine machine = new(new());
        foreach (string line in (string[])
        [
            "map create /a type percpu_hash key 4 value 8 entries 4 name a",
            "map update name a key 1 0 0 0 value 1 2 3 4 5 6 7 8",
            "map dump name a",
            "-p map dump name a --sum",
            "-j map lookup name a key 2 0 0 0",
            "map frob",
            "map show -x",
            "map delete name a key 2 0 0 0",
        ])
        {
            Assert.Equal(machine.Run(line), ToolRun.Of([.. line.Split(' '), "--server", server.Name]));
        }
    }

    [Fact]
    public void A_command_is_a_process_that_ends_with_it()
    {
        ToolRun given = Run("map create no:path type hash key 4 value 4 entries 4 name gone", 234);

        Assert.Equal("Error: can't pin the object (no:path): Invalid argument\n", given.Error);
        Assert.Equal(new ToolRun(255, "", ""), ToolRun.Of("map", "show", "name", "gone", "--server", server.Name));
    }

    [Fact]
    public void Files_are_those_of_the_client()
    {
        using TempFolder folder = new();
        string batch = Path.Combine(folder.Path, "b");
        File.WriteAllText(batch, "map create /files type hash key 4 value 4 entries 4 name files\nmap dump name files\n");

        ToolRun given = ToolRun.Of("batch", "file", batch, "--server", server.Name);
        Assert.Equal(new ToolRun(0, "Found 0 elements\nprocessed 2 commands\n", ""), given);
        given = ToolRun.WithInput("map dump name files\n", "batch", "file", "-", "--server", server.Name);
        Assert.Equal(new ToolRun(0, "Found 0 elements\nprocessed 1 commands\n", ""), given);
        given = ToolRun.Of("batch", "file", batch + "x", "--server", server.Name);
        Assert.Equal(new ToolRun(255, "", $"Error: Can't open file ({batch}x): No such file or directory\n"), given);
        given = ToolRun.Of("batch", "file", folder.Path, "--server", server.Name);
        Assert.Equal(new ToolRun(255, "", "Error: reading batch file failed: Is a directory\n"), given);
    }

    [Fact]
    public void Where_no_server_runs_it_says_where_it_looked()
    {
        string name = ServerProcess.NewName();

        ToolRun given = ToolRun.Of("map", "show", "--server", name);

        Assert.Equal((1, ""), (given.ExitCode, given.Output));
        Assert.Contains($"server '{name}' given, expected one that runs: looked for ", given.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_in_JSON_are_one_document()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        Run("map create /json type ringbuf key 0 value 0 entries 4096 name json");
        Assert.Equal(
            0,
            server.Run(["""{"op":"obj_get","as":"r","path":"/json"}""", """{"op":"ring_buffer_map_write","fd":"r","data":"0102"}"""]).ExitCode);
        using System.Diagnostics.Process pipe = ToolProcess.Start("-p", "map", "event_pipe", "name", "json", "--server", server.Name);
        List<string> lines = [];
        while (!lines.Contains("        \"data\": [1,2"))
        {
            lines.Add(pipe.ReadLineWithin("the record")!);
        }

        HostSignals.Send(pipe, "INT");
        (int exitCode, string rest, string error) = pipe.EndWithin("the end of the pipe");

        Assert.Equal((0, "Stopping...\n"), (exitCode, error));
        Assert.Equal(9, ToolRun.Parse(string.Join('\n', lines) + "\n" + rest)[0].GetProperty("type").GetInt32());
    }

    [Fact]
    public void An_interruption_may_be_written_as_any_JSON()
    {
        Run("map create /stop type ringbuf key 0 value 0 entries 4096 name stop");
        Assert.Equal(
            0,
            server.Run(["""{"op":"obj_get","as":"r","path":"/stop"}""", """{"op":"ring_buffer_map_write","fd":"r","data":"0102"}"""]).ExitCode);
        using LineClient client = server.Connect();
        client.Send("""{"op":"server_bpftool","arguments":["map","event_pipe","name","stop"]}""" + "\n");
        Assert.Contains("01 02", client.Receive(), StringComparison.Ordinal);

        client.Send("""{ "id": 1, "op": "server_interrupt" }""" + "\n");

        string? last = null;
        while (client.Receive() is { } line)
        {
            last = line;
        }

        Assert.Equal("""{"exit":0}""", last);
    }

    [Fact]
    public void A_command_has_a_connection_of_its_own()
    {
        using LineClient client = server.Connect();
        client.Ask("""{"op":"num_possible_cpus"}""");

        Assert.Equal(
            """{"error":"bpftool: given after a call of the same connection, expected a connection of its own","errno":22,"errno_name":"EINVAL"}""",
            client.Ask("""{"op":"server_bpftool","arguments":["map","show"]}""").GetRawText());
        Assert.Null(client.Receive());
    }

    [Theory]
    [InlineData("""{"op":"server_bpftool","arguments":"map"}""")]
    [InlineData("""{"op":"server_bpftool","arguments":[1]}""")]
    [InlineData("""{"op":"server_bpftool","frob":1}""")]
    [InlineData("""{"op":"server_interrupt","frob":1}""")]
    public void A_line_that_is_no_request_is_refused(string line)
    {
        using LineClient client = server.Connect();

        Assert.Equal(22, client.Ask(line).GetProperty("errno").GetInt32());
        Assert.Null(client.Receive());
    }

    [Fact]
    public void A_client_that_answers_nonsense_gets_an_error_and_no_more()
    {
        using LineClient client = server.Connect();

        Assert.Equal("x", client.Ask("""{"op":"server_bpftool","arguments":["batch","file","x"]}""").GetProperty("open").GetString());
        Assert.Equal("Error: Can't open file (x): Input/output error\n", client.Ask("nonsense").GetProperty("err").GetString());
        Assert.Equal("""{"exit":255}""", client.Receive());
        Assert.Null(client.Receive());
    }

    [Fact]
    public void Help_needs_no_server()
    {
        ToolRun given = ToolRun.Of("link", "help", "--server", ServerProcess.NewName());

        Assert.Equal(0, given.ExitCode);
        Assert.StartsWith("Usage: bpftool link { show | list }   [LINK]\n", given.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_has_had_enough_ends_a_dump()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");
        Run("map create /full type array key 4 value 4 entries 100000 name full");

        ShellRun given = ShellRun.Of($"(kernelsim map dump name full --server {server.Name}; echo $? >&2) | head -n 1");

        Assert.StartsWith("key: ", given.Output, StringComparison.Ordinal);
        Assert.Equal("141\n", given.Error);
    }

    [Theory]
    [InlineData("ringbuf", "ring_buffer_map_write")]
    [InlineData("perf_event_array", "perf_event_array_map_write")]
    public void Records_are_printed_as_they_come_until_Ctrl_C(string type, string write)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        Run($"map create /{type} type {type} key 0 value 0 entries 4096 name {type}");
        using System.Diagnostics.Process pipe = ToolProcess.Start("map", "event_pipe", "name", type, "--server", server.Name);
        Write("0102");

        Assert.Matches(@"^== @[0-9]+\.[0-9]{9} CPU: [0-9]+ index: [0-9]+ =====$", pipe.ReadLineWithin("the first record's head"));
        Assert.Equal("01 02", pipe.ReadLineWithin("the first record"));
        Write("ff");
        Assert.StartsWith("== @", pipe.ReadLineWithin("the second record's head"), StringComparison.Ordinal);
        Assert.Equal("ff", pipe.ReadLineWithin("the second record"));
        HostSignals.Send(pipe, "INT");

        Assert.Equal((0, "", "Stopping...\n"), pipe.EndWithin("the end of the pipe"));

        void Write(string data) => Assert.Equal(
            0,
            server.Run(
            [
                $$"""{"op":"obj_get","as":"r","path":"/{{type}}"}""",
                $$"""{"op":"{{write}}","fd":"r","data":"{{data}}"}""",
            ]).ExitCode);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public void A_client_that_is_ended_ends_its_process(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        using System.Diagnostics.Process client = ToolProcess.Start("batch", "file", "-", "--server", server.Name);
        client.StandardInput.WriteLine("map list");
        client.StandardInput.WriteLine($"map create /held{signal} type hash key 4 value 4 entries 4 name held{signal}");
        client.StandardInput.WriteLine($"map show name held{signal}");
        client.StandardInput.Flush();
        while (client.ReadLineWithin("the map")?.Contains($"name held{signal}", StringComparison.Ordinal) == false)
        {
            // The maps of other tests.
        }

        HostSignals.Send(client, signal);
        Assert.Equal(exitCode, client.EndWithin("the end of the client").ExitCode);

        ToolRun after = ToolRun.Of("map", "show", "name", $"held{signal}", "--server", server.Name);
        Assert.Equal((0, ""), (after.ExitCode, after.Error));
    }

    private ToolRun Run(string line, int exitCode = 0)
    {
        ToolRun run = ToolRun.Of([.. line.Split(' '), "--server", server.Name]);
        Assert.Equal(exitCode, run.ExitCode);
        return run;
    }
}
