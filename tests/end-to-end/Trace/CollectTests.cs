using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Trace;

public sealed class CollectTests
{
    /// <summary>A script of three calls, the last of which is refused, as a file for a program that is recorded.</summary>
    private static readonly byte[] s_script =
        """
        {"op":"map_create","type":"hash","name":"stats","key_size":4,"value_size":8,"max_entries":4,"as":"m"}
        {"op":"map_update_elem","fd":"m","key":"01000000","value":"0100000000000000"}
        {"op":"map_lookup_batch","fd":"m","count":4,"values_size":8}

        """u8.ToArray();

    [Fact]
    public void A_command_is_recorded_from_its_first_event_to_its_last()
    {
        using TempFolder folder = new();
        string script = folder.Add("lab.jsonl", s_script);
        string trace = Path.Combine(folder.Path, "lab.nettrace");

        ToolRun run = ToolRun.Of("trace", "collect", "--profile", "verbose", "-o", trace, "--", "kernelsim", "script", script);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(3, run.Lines.Count);
        Assert.Matches(@"^\d+ events, 0 lost, 0 gaps\n.*lab\.nettrace: \d+ bytes\n$", run.Error);
        IReadOnlyList<JsonElement> events = ToolRun.Of("trace", "events", trace, "-j").Json;
        Assert.Equal(1, events[0].GetProperty("payload").GetProperty("sequence").GetInt32());
        Assert.Contains(events, e => e.GetProperty("event").GetString() == "MachineStart");
        Assert.Contains(events, e => e.GetProperty("event").GetString() == "MachineStop");
        Assert.Contains(events, e => e.GetProperty("event").GetString() == "Copy");
    }

    [Theory]
    [InlineData("default", "Informational", "MapLayout")]
    [InlineData("errors", "Warning", "InvalidArgument")]
    [InlineData("perf", "Informational", "IoctlStop")]
    public void A_profile_chooses_the_events(string profile, string leastGrave, string example)
    {
        using TempFolder folder = new();
        string script = folder.Add("lab.jsonl", s_script);
        string trace = Path.Combine(folder.Path, "lab.nettrace");

        ToolRun run = ToolRun.Of("trace", "collect", "--profile", profile, "-o", trace, "-j", "--", "kernelsim", "script", script);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(ToolRun.Parse(run.Output).GetProperty("complete").GetBoolean());
        IReadOnlyList<JsonElement> events = ToolRun.Of("trace", "events", trace, "-j").Json;
        Assert.Contains(events, e => e.GetProperty("event").GetString() == example);
        Assert.Equal(events.Count, ToolRun.Of("trace", "events", trace, "--level", leastGrave, "-j").Lines.Count);
        Assert.Equal(profile == "default", events.Any(e => e.GetProperty("event").GetString() == "MapLayout"));
    }

    /// <summary>The tour records itself, with everything, while it is recorded from outside with less.</summary>
    [Theory]
    [InlineData("default")]
    [InlineData("errors")]
    [InlineData("perf")]
    public void A_narrow_recording_beside_a_verbose_one_is_complete(string profile)
    {
        using TempFolder folder = new();
        string trace = Path.Combine(folder.Path, "tour.nettrace");

        ToolRun run = ToolRun.Of("trace", "collect", "--profile", profile, "-o", trace, "--", "kernelsim", "tour");

        Assert.True(run.ExitCode == 0, run.Error);
        ToolRun report = ToolRun.Of("trace", "report", trace, "--require-complete");
        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Matches(@"^[1-9]\d* events, 0 lost, 0 gaps$", report.Lines[0]);
    }

    [Fact]
    public void Providers_may_be_named_with_keywords_and_level()
    {
        using TempFolder folder = new();
        string script = folder.Add("lab.jsonl", s_script);
        string trace = Path.Combine(folder.Path, "lab.nettrace");

        ToolRun run = ToolRun.Of("trace", "collect", "--providers", "Kernel:Copy+Ioctl:verbose", "-o", trace, "--", "kernelsim", "script", script);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            ["Copy", "IoctlStart", "IoctlStop"],
            ToolRun.Of("trace", "events", trace, "-j").Json.Select(e => e.GetProperty("event").GetString()).Distinct().Order());
    }

    [Fact]
    public void On_a_terminal_events_and_losses_are_counted_as_they_come()
    {
        using TempFolder folder = new();
        string script = folder.Add("lab.jsonl", s_script);
        string trace = Path.Combine(folder.Path, "lab.nettrace");

        ToolRun run = ToolRun.WithInput(
            "",
            ["trace", "collect", "-o", trace, "--", "kernelsim", "script", script],
            console => console with { ErrorIsTerminal = true });

        Assert.True(run.ExitCode == 0, run.Error);
        int events = ToolRun.Of("trace", "events", trace, "-j").Lines.Count;
        Assert.Contains($"\r{events} events, 0 lost, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tail_prints_the_events_of_a_command_and_keeps_its_output_apart()
    {
        using TempFolder folder = new();
        string script = folder.Add("lab.jsonl", s_script);

        ToolRun run = ToolRun.Of("trace", "tail", "--event", "ApiCallStop", "-j", "--", "kernelsim", "script", script);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("bpf_map_update_elem", run.Json.Select(e => e.GetProperty("payload").GetProperty("function").GetString()));
        Assert.Contains("{\"ret\":", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"kernelsim: \d+ events, 0 lost, 0 gaps\n$", run.Error);
    }

    [Fact]
    public void A_recorded_program_that_fails_is_told_of_and_its_trace_kept()
    {
        using TempFolder folder = new();
        string trace = Path.Combine(folder.Path, "lab.nettrace");

        ToolRun run = ToolRun.Of("trace", "collect", "-o", trace, "--", "kernelsim", "script", "/nowhere/lab.jsonl");

        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(trace));
        Assert.Contains("kernelsim: no event was heard", run.Error, StringComparison.Ordinal);
        Assert.Contains("kernelsim: the program ended with 1\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_there_leaves_no_file()
    {
        using TempFolder folder = new();
        string trace = Path.Combine(folder.Path, "lab.nettrace");

        ToolRun run = ToolRun.Of("trace", "collect", "-o", trace, "--", "no-such-program");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'no-such-program' given, expected a program", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void A_program_that_has_no_diagnostics_port_is_told_of_when_it_ends()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs /bin/true.");

        ToolRun run = ToolRun.Of("trace", "tail", "--", "true");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'true' given, expected a .NET program whose diagnostics are on: it ended with 0", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_does_not_exist_is_told_of()
    {
        using TempFolder folder = new();

        ToolRun run = ToolRun.Of("trace", "collect", "-o", Path.Combine(folder.Path, "x.nettrace"), "--pid", $"{int.MaxValue}", "-j");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("ESRCH", ToolRun.Parse(run.Output).GetProperty("errno_name").GetString());
        Assert.False(File.Exists(Path.Combine(folder.Path, "x.nettrace")));
    }

    [Theory]
    [InlineData("--pid", "2147483647")]
    [InlineData("--", "no-such-program")]
    public void A_target_that_cannot_be_reached_costs_no_earlier_trace(params string[] target)
    {
        using TempFolder folder = new();
        string earlier = folder.Add("x.nettrace", "precious"u8.ToArray());

        Assert.Equal(1, ToolRun.Of(["trace", "collect", "-o", earlier, .. target]).ExitCode);

        Assert.Equal("precious", File.ReadAllText(earlier));
    }

    [Fact]
    public void An_etw_session_is_refused_where_there_is_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has them.");

        ToolRun run = ToolRun.Of("trace", "collect", "-o", "x.etl", "--", "kernelsim", "tour");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'x.etl' given, expected a .nettrace: only Windows has Event Tracing sessions", run.Error, StringComparison.Ordinal);
    }
}
