using System.Globalization;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Recordings that fail or are ended: nothing that they started goes on, and what was recorded can be read.</summary>
public sealed class RecordingEndTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_signal_ends_the_recording_and_all_that_was_started_for_it(string signal)
    {
        using RecordedShell shell = new();
        System.Diagnostics.Process collect = shell.Start(
            ["trace", "collect", "-o", "t.nettrace", "--", "sh", "-c", "setsid sh -c 'echo $$; exec sleep 600' & kernelsim script -"]);
        int left = int.Parse(RecordedShell.Line(collect.StandardOutput)!, CultureInfo.InvariantCulture);
        collect.StandardInput.WriteLine("""{"op":"num_possible_cpus"}""");
        collect.StandardInput.Flush();
        Assert.Equal("{\"ret\":4}", RecordedShell.Line(collect.StandardOutput));

        HostSignals.Send(collect, signal);
        ToolRun run = RecordedShell.End(collect);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.False(RecordedShell.Runs(left));
        Assert.Equal(0, ToolRun.Of("trace", "report", shell["t.nettrace"], "--require-complete").ExitCode);
    }

    [Fact]
    public void A_program_that_ignores_signals_is_ended_by_the_second_one()
    {
        using RecordedShell shell = new();
        System.Diagnostics.Process collect = shell.Start(
            ["trace", "collect", "-o", "t.nettrace", "--", "sh", "-c", "trap '' TERM; echo $$; while :; do sleep 600; done"]);
        int left = int.Parse(RecordedShell.Line(collect.StandardOutput)!, CultureInfo.InvariantCulture);

        HostSignals.Send(collect, "TERM");
        HostSignals.Send(collect, "TERM");
        RecordedShell.End(collect);

        Assert.False(RecordedShell.Runs(left));
    }

    [Theory]
    [InlineData("nowhere/t.nettrace", "there is no folder 'nowhere'")]
    [InlineData(".", "it is a folder")]
    public void A_file_that_cannot_be_written_is_told_of_before_anything_starts(string file, string reason)
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(["trace", "collect", "-o", file, "--", "touch", "started"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shell["started"]));
    }

    [Fact]
    public void A_full_disk_ends_the_recording_and_the_program()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");
        using RecordedShell shell = new();

        // It waits for a line that nobody writes: only the recording can end it.
        System.Diagnostics.Process collect = shell.Start(
            ["trace", "collect", "--profile", "verbose", "-o", "/dev/full", "--", "kernelsim", "script", "-"]);
        ToolRun run = RecordedShell.End(collect);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("kernelsim: '/dev/full' given, expected a file to write the trace to: No space left on device : '/dev/full'\n", run.Error);
    }

    [Fact]
    public void A_file_that_was_removed_meanwhile_is_told_of()
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(["trace", "collect", "-o", "t.nettrace", "--", "sh", "-c", "kernelsim script one.jsonl; rm t.nettrace"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("it was removed while the recording went on", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_takes_the_first_program_and_the_others_are_named()
    {
        using RecordedShell shell = new();

        ToolRun run = shell.Run(
            ["trace", "collect", "-o", "/dev/stdout", "--", "sh", "-c", "kernelsim script one.jsonl; kernelsim script one.jsonl"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.StartsWith("Nettrace", run.Output, StringComparison.Ordinal);
        Assert.Contains("was not recorded: '/dev/stdout' takes one program only", run.Error, StringComparison.Ordinal);
    }
}
