using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Recordings of a command that starts further programs, or none that can be recorded.</summary>
public sealed class RecordedProgramsTests
{
    private const string Script = "kernelsim script one.jsonl";

    [Theory]
    [InlineData($"{Script}; {Script}")]
    [InlineData($"{Script} & {Script}; wait")]
    [InlineData($"{Script} & (({Script}) &) ; exit 0")]
    [InlineData($"kernelsim explain EINVAL >/dev/null; {Script}; sh -c \"{Script}; true\"")]
    public void Every_program_that_a_shell_starts_has_a_recording_of_its_own(string line)
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(["trace", "collect", "-o", "t.nettrace", "-j", "--", "sh", "-c", line]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.EndsWith("t.2.nettrace", ToolRun.Parse(run.Output).GetProperty("others")[0].GetProperty("file").GetString(), StringComparison.Ordinal);
        foreach (string file in (string[])["t.nettrace", "t.2.nettrace"])
        {
            Assert.Equal(0, ToolRun.Of("trace", "report", shell[file], "--require-complete").ExitCode);
            Assert.Contains("MachineStart", ToolRun.Of("trace", "events", shell[file]).Output, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(shell["t.3.nettrace"]));
    }

    [Fact]
    public void Tail_prints_the_events_of_every_program_and_says_whose_they_are()
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(["trace", "tail", "--event", "MachineStart", "--event", "MachineStop", "--", "sh", "-c", $"{Script}; {Script}"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(4, run.Lines.Count);
        Assert.StartsWith("[pid ", run.Lines[^1], StringComparison.Ordinal);
    }

    /// <summary>What a program inherits that starts after its recorder has gone.</summary>
    [Fact]
    public void A_program_whose_recorder_has_gone_runs_all_the_same()
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(
            ["script", "one.jsonl"], "KERNELSIM_RECORDER=/nowhere/port", "DOTNET_DiagnosticPorts=/nowhere/port,connect,nosuspend");

        Assert.Equal((0, "{\"ret\":4}\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void What_a_program_says_before_it_fails_is_shown()
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(["trace", "collect", "-o", "t.nettrace", "--", "sh", "-c", "echo reason >&2; echo data; exit 3"]);

        Assert.Equal((1, "data\n"), (run.ExitCode, run.Output));
        Assert.StartsWith("reason\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("'sh' given, expected a .NET program whose diagnostics are on: it ended with 3", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shell["t.nettrace"]));
    }

    [Theory]
    [InlineData("a;b")]
    [InlineData("a,b")]
    public void A_temporary_folder_whose_name_means_something_in_a_list_of_ports_is_passed_over(string name)
    {
        using RecordedShell shell = new();
        Directory.CreateDirectory(shell[name]);

        ToolRun run = shell.Run(["trace", "collect", "-o", "t.nettrace", "--", "kernelsim", "script", "one.jsonl"], $"TMPDIR={shell[name]}");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(Directory.GetFileSystemEntries(shell[name], "kernelsim-*"));
    }

    [Fact]
    public void A_recorder_without_standard_error_drops_what_it_would_say_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");

        ShellRun run = ShellRun.Of("kernelsim trace tail -- sh -c 'echo data; echo reason >&2' > /dev/null 2>&-");

        Assert.Equal(new ShellRun(1, "", ""), run);
    }

    [Fact]
    public void A_program_whose_diagnostics_are_off_runs_and_is_told_of()
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(
            ["trace", "collect", "-o", "t.nettrace", "--", "env", "DOTNET_EnableDiagnostics=0", "kernelsim", "script", "one.jsonl"]);

        Assert.Equal((1, "{\"ret\":4}\n"), (run.ExitCode, run.Output));
        Assert.Contains("its runtime's diagnostics are off", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nonexistent/t")]
    [InlineData("/etc/passwd")]
    [InlineData("/tmp/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void A_temporary_folder_that_takes_no_socket_does_not_matter_while_another_does(string folder)
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(["trace", "collect", "-o", "t.nettrace", "--", "kernelsim", "script", "one.jsonl"], $"TMPDIR={folder}");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(0, ToolRun.Of("trace", "report", shell["t.nettrace"], "--require-complete").ExitCode);
    }

    [Fact]
    public void A_recorded_program_can_be_driven_line_by_line_through_a_pipe()
    {
        using RecordedShell shell = new();
        System.Diagnostics.Process collect = shell.Start(["trace", "collect", "-o", "t.nettrace", "--", "kernelsim", "script", "-"]);

        for (int i = 0; i < 3; i++)
        {
            collect.StandardInput.WriteLine("""{"op":"num_possible_cpus"}""");
            collect.StandardInput.Flush();
            Assert.Equal("{\"ret\":4}", RecordedShell.Line(collect.StandardOutput));
        }

        collect.StandardInput.Close();
        ToolRun run = RecordedShell.End(collect);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Fact]
    public void A_recorded_program_whose_reader_goes_away_ends_as_it_would_unrecorded()
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(
            ["trace", "collect", "-o", "t.nettrace", "--", "sh", "-c", "{ yes; echo $? >status; } | head -n 1; kernelsim script one.jsonl"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("141\n", File.ReadAllText(shell["status"])); // 128 + SIGPIPE
    }

    [Fact]
    public void Bytes_pass_unchanged()
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(["trace", "collect", "-o", "t.nettrace", "--", "sh", "-c", "head -c 3000000 /dev/zero; kernelsim script one.jsonl"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(3_000_000, run.Output.Count(c => c == '\0'));
    }
}
