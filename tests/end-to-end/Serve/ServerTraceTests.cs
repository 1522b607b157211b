using System.Text.Json;
using KernelSim.EndToEnd.Tests.Process;
using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary><c>trace collect --server</c> and <c>trace tail --server</c>: what other terminals do to a machine is seen in one more.</summary>
public sealed class ServerTraceTests
{
    private static readonly string[] s_failing =
    [
        LabScript.CreateStats,
        """{"op":"map_update_elem","fd":"m","key":"01000000","value":"0100000000000000"}""",
    ];

    [Fact]
    public void A_recording_of_a_server_explains_the_failure_of_another_terminals_script()
    {
        using TempFolder folder = new();
        string trace = Path.Combine(folder.Path, "server.nettrace");
        using ServerProcess server = ServerProcess.With();
        using System.Diagnostics.Process collect = ToolProcess.Start(
            "trace", "collect", "--server", server.Name, "--profile", "verbose", "-o", trace);
        Assert.Equal($"kernelsim: recording process {server.Id} until it ends or Ctrl-C", collect.ReadErrorLineWithin("the recording to begin"));

        ToolRun script = server.Run(s_failing);
        Assert.Equal(0, server.Stop().ExitCode);
        (int exitCode, _, string summary) = collect.EndWithin("the end of the recording");

        Assert.Equal("api.update.value_size", script.Json[1].GetProperty("check").GetString());
        Assert.Equal(0, exitCode);
        Assert.Matches(@"^\d+ events, 0 lost, 0 gaps\n", summary);
        JsonElement check = Why(trace).GetProperty("check");
        Assert.Equal(
            ("api.update.value_size", 8, 32),
            (check.GetProperty("id").GetString(), check.GetProperty("given").GetInt32(), check.GetProperty("expected").GetInt32()));
    }

    [Fact]
    public void Tail_prints_what_happens_on_a_server()
    {
        using ServerProcess server = ServerProcess.With();
        using System.Diagnostics.Process tail = ToolProcess.Start(
            "trace", "tail", "--server", server.Name, "-j", "--level", "warning");
        Assert.Equal(
            $"kernelsim: recording process {server.Id} until it ends or Ctrl-C",
            tail.ReadErrorLineWithin("the recording to begin"));

        server.Run(s_failing);
        string? line = tail.ReadLineWithin("the first event");

        Assert.NotNull(line);
        JsonElement e = ToolRun.Parse(line);
        Assert.Contains(e.GetProperty("event").GetString(), (string[])["SizeCheck", "InvalidArgument"]);
        server.Stop();
        (int exitCode, _, string error) = tail.EndWithin("the end of the recording");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"kernelsim: \d+ events, 0 lost, 0 gaps\n$", error);
    }

    [Theory]
    [InlineData("collect")]
    [InlineData("tail")]
    public void A_server_that_does_not_run_cannot_be_recorded(string verb)
    {
        ToolRun run = ToolRun.Of("trace", verb, "--server", "nobody", "-j");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("server 'nobody' given, expected one that runs: looked for ", run.Error, StringComparison.Ordinal);
        Assert.Equal("ENOENT", ToolRun.Parse(run.Output).GetProperty("errno_name").GetString());
    }

    [Theory]
    [InlineData("no process given, expected one of --pid N, --server [NAME] and -- COMMAND")]
    [InlineData("--pid and --server given, expected one of", "--pid", "7", "--server")]
    [InlineData("--server and a command given, expected one of", "--server", "--", "kernelsim", "tour")]
    [InlineData("--server: 'A' given, expected a server's name", "--server", "A")]
    public void One_process_is_recorded(string complaint, params string[] args)
    {
        ToolRun run = ToolRun.Of(["trace", "collect", .. args]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Why(string trace)
    {
        ToolRun run = ToolRun.Of("trace", "why", trace, "-j");
        Assert.True(run.ExitCode == 0, run.Error);
        return ToolRun.Parse(run.Output);
    }
}
