using System.Text.Json;
using KernelSim.EndToEnd.Tests.Process;
using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary><c>script --server</c>: what a person sees of it.</summary>
public sealed class ServerScriptTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    [Theory]
    [InlineData("-j")]
    [InlineData("-p")]
    public void A_script_prints_on_a_server_what_it_prints_on_a_fresh_machine(string format)
    {
        string[] lines =
        [
            "# counted, not answered",
            """{"id":{"a" : [1, "\u2028é"]},"op":"num_possible_cpus"}""",
            "",
            LabScript.CreateStats,
            """{"op":"map_update_elem","fd":"m","key":"01000000","value":"01"}""",
            """{"op":"map_lookup_batch","fd":"m","count":4}""",
            """{"op":"gate_ioctl","message":"0800000017000000","reply_size":12}""",
            """{"op":"map_delete_elem","fd":"m","key":"0x01"}""",
            """{"op":"never reached"}""",
        ];

        ToolRun there = server.Run(lines, format);

        Assert.Equal(LabScript.Run(lines, format), there);
        Assert.Equal(2, there.ExitCode);
        Assert.Contains("script: line 8: map_delete_elem: field 'key'", there.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"op":"server_hello"}""")]
    [InlineData("""{"op":"server_hello","notes":false}""")]
    [InlineData("""{"op":"server_stop","id":7}""")]
    [InlineData("""{"op":"server_reboot"}""")]
    public void A_script_cannot_talk_to_the_server_behind_its_machine(string line)
    {
        string[] lines = ["# one", """{"op":"num_possible_cpus"}""", line, """{"op":"num_possible_cpus"}"""];

        ToolRun there = server.Run(lines);

        Assert.Equal(LabScript.Run(lines), there);
        Assert.Equal((2, """{"ret":4}""" + "\n"), (there.ExitCode, there.Output));
        Assert.StartsWith("kernelsim: script: line 3: op 'server_", there.Error, StringComparison.Ordinal);
        LabScript.Answers("""{"ret":4}""", Assert.Single(server.Run([lines[1]]).Json));
    }

    [Fact]
    public void On_a_terminal_refusals_are_told_there_too()
    {
        string input = LabScript.CreateStats + "\n" + """{"op":"map_update_elem","fd":"m","key":"01000000","value":"01"}""" + "\n";

        ToolRun here = ToolRun.WithInput(input, ["script", "-"], c => c with { ErrorIsTerminal = true });
        ToolRun there = ToolRun.WithInput(input, ["script", "-", "--server", server.Name], c => c with { ErrorIsTerminal = true });

        Assert.Equal(here, there);
        Assert.Contains("kernelsim: script: line 2: ", there.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_and_notes_arrive_from_a_server_with_another_library()
    {
        string[] machine = ["--library", "upstream", "--heap", "packed", "--cpus", "2"];
        using ServerProcess upstream = ServerProcess.With(machine);
        string[] lines =
        [
            LabScript.CreateStats,
            """{"op":"map_update_batch","fd":"m","keys":"0100000002000000","values":"01000000000000000200000000000000","count":2}""",
            """{"op":"map_lookup_batch","fd":"m","count":2,"values_size":4294967295}""",
        ];

        ToolRun there = upstream.Run(lines);

        Assert.Equal(LabScript.Run(lines, machine), there);
        Assert.Contains("line 2: note: the library read 16 bytes past the end of values", there.Error, StringComparison.Ordinal);
        Assert.Contains("ENOMEM", there.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_dies_of_a_fault_takes_nobody_with_it()
    {
        using ServerProcess upstream = ServerProcess.With("--library", "upstream");
        string[] lines =
        [
            LabScript.CreateStats,
            """{"op":"map_update_batch","fd":"m","keys":"01000000","values":"01000000","count":1}""",
            """{"op":"num_possible_cpus"}""",
        ];

        ToolRun first = upstream.Run(lines);
        ToolRun second = upstream.Run([lines[0]]);

        Assert.Equal("access_violation", first.Json[1].GetProperty("fault").GetProperty("kind").GetString());
        LabScript.Answers("""{"ret":-3,"errno":"ESRCH"}""", first.Json[2]);
        LabScript.Answers("""{"ret":3}""", Assert.Single(second.Json));
    }

    [Fact]
    public void Scripts_are_processes_of_one_machine_and_share_what_is_pinned()
    {
        string[] first =
        [
            """{"op":"map_create","as":"m","type":"hash","name":"shared","key_size":4,"value_size":4,"max_entries":8}""",
            """{"op":"map_update_elem","fd":"m","key":"01000000","value":"2a000000"}""",
            """{"op":"obj_pin","fd":"m","path":"/shared/one"}""",
            """{"op":"map_create","as":"n","type":"hash","name":"own","key_size":4,"value_size":4,"max_entries":8}""",
            """{"op":"obj_get_info_by_fd","fd":"n"}""",
        ];
        long own = server.Run(first).Json[4].GetProperty("id").GetInt64();

        IReadOnlyList<JsonElement> second = server.Run(
        [
            """{"op":"obj_get","as":"m","path":"/shared/one"}""",
            """{"op":"map_lookup_elem","fd":"m","key":"01000000"}""",
            $$"""{"op":"map_get_fd_by_id","object_id":{{own}}}""",
            """{"op":"obj_unpin","path":"/shared/one"}""",
        ]).Json;

        LabScript.Answers("""{"ret":3}""", second[0]);
        LabScript.Answers("""{"ret":0,"value":"2a000000"}""", second[1]);
        LabScript.Answers("""{"ret":-2,"errno":"ENOENT"}""", second[2]);
        LabScript.Answers("""{"ret":0}""", second[3]);
    }

    [Fact]
    public void Each_line_is_answered_before_the_next_is_read()
    {
        using System.Diagnostics.Process process = ToolProcess.Start("script", "--server", server.Name, "-");

        process.StandardInput.WriteLine("""{"op":"num_possible_cpus","id":1}""");
        process.StandardInput.Flush();
        Assert.Equal("""{"id":1,"ret":4}""", process.ReadLineWithin("the answer to the line"));
        process.StandardInput.Close();

        Assert.Equal((0, "", ""), process.EndWithin("the end of the client"));
    }

    [Fact]
    public void A_server_that_does_not_run_is_named_with_where_it_was_looked_for()
    {
        ToolRun run = ToolRun.Of("script", "--server", "nobody", "-", "-j");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(
            @"^kernelsim: server 'nobody' given, expected one that runs: looked for .*nobody\.sock\. 'kernelsim serve --name nobody' starts one\.\n$",
            run.Error);
        Assert.Equal("ENOENT", ToolRun.Parse(run.Output).GetProperty("errno_name").GetString());
    }

    [Fact]
    public void The_word_after_the_option_is_the_file_where_there_is_no_other()
    {
        ToolRun run = ToolRun.Of("script", "--server", "/nowhere/lab.jsonl");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'/nowhere/lab.jsonl' given, expected a lab script", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cpus given with --server, expected none of the machine's options", "script", "--server", "x", "-", "--cpus", "2")]
    [InlineData("--library given with --server", "script", "-", "--library", "checked", "--server")]
    [InlineData("no FILE given, expected the lab script", "script", "--server")]
    [InlineData("--server: 'No!' given, expected a server's name", "script", "--server", "No!", "-")]
    [InlineData("--name: '../x' given, expected a server's name", "serve", "--name", "../x")]
    [InlineData("--cpus given with --stop, expected --name alone", "serve", "--stop", "--cpus", "2")]
    [InlineData("FILE given with --stop, expected --name alone", "serve", "--stop", "lab.jsonl")]
    public void A_command_line_that_asks_for_two_things_at_once_is_wrong(string complaint, params string[] args)
    {
        ToolRun run = ToolRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }
}
