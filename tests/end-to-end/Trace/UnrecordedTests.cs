using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>What a recording did not ask for is unknown, and not denied. The kernel's check refuses the second call.</summary>
public sealed class UnrecordedTests
{
    [Theory]
    [InlineData("--profile", "perf")]
    [InlineData("--providers", "KernelSim-UserApi")]
    [InlineData("--providers", "Kernel:Ioctl,UserApi:Api")]
    public void A_refusal_that_was_not_recorded_is_unknown(string option, string value)
    {
        using TempFolder folder = new();
        string trace = Record(folder, option, value);

        JsonElement why = ToolRun.Parse(ToolRun.Of("trace", "why", trace, "-j").Output);
        string text = ToolRun.Of("trace", "why", trace).Output;
        string report = ToolRun.Of("trace", "report", trace).Output;

        Assert.Equal("failed", why.GetProperty("kind").GetString());
        Assert.False(why.GetProperty("refusals_recorded").GetBoolean());
        Assert.Contains(
            "Whether a check refused it is unknown: the recording shows no refusals; --profile default records them.",
            why.GetProperty("why").GetString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("No check refused", text, StringComparison.Ordinal);
        Assert.DoesNotContain("No byte", text, StringComparison.Ordinal);
        Assert.DoesNotContain("kernel was not asked", text, StringComparison.Ordinal);
        Assert.Contains("Whether checks refused what failed is unknown", report, StringComparison.Ordinal);
        Assert.Contains("The recording shows no copies", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_which_only_the_status_was_recorded_is_not_denied()
    {
        using TempFolder folder = new();
        string trace = Record(folder, "--providers", "Kernel:Ioctl");

        ToolRun first = ToolRun.Of("trace", "why", trace, "-j");
        JsonElement why = ToolRun.Parse(first.Output);
        JsonElement report = ToolRun.Parse(ToolRun.Of("trace", "report", trace, "-j").Output);
        string text = ToolRun.Of("trace", "why", trace).Output;

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(("failed", "EINVAL"), (why.GetProperty("kind").GetString(), why.GetProperty("errno").GetString()));
        Assert.Contains(
            "is unknown: the recording shows no refusals; --profile default records them.",
            why.GetProperty("why").GetString(),
            StringComparison.Ordinal);
        Assert.Contains("STATUS_INVALID_PARAMETER", why.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("kernelsim explain EINVAL", why.GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("-1", text, StringComparison.Ordinal);
        Assert.Equal(1, report.GetProperty("calls").EnumerateArray().Sum(c => c.GetProperty("failed").GetInt64()));
        Assert.Contains("STATUS_INVALID_PARAMETER", ToolRun.Of("trace", "events", trace, "--errno", "EINVAL").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("verbose")]
    [InlineData("errors")]
    public void A_profile_that_records_refusals_shows_it(string profile)
    {
        using TempFolder folder = new();

        JsonElement why = ToolRun.Parse(ToolRun.Of("trace", "why", Record(folder, "--profile", profile), "-j").Output);

        Assert.Equal(("refused", "map.update.index"), (why.GetProperty("kind").GetString(), why.GetProperty("check").GetProperty("id").GetString()));
    }

    [Fact]
    public void The_page_does_not_deny_it_either()
    {
        using TempFolder folder = new();

        string page = ToolRun.Of("trace", "view", Record(folder, "--profile", "perf")).Output;

        Assert.DoesNotContain("no check of sizes gave", page, StringComparison.Ordinal);
        Assert.DoesNotContain("none refused it", page, StringComparison.Ordinal);
        Assert.Contains("Whether a check gave it is unknown", page, StringComparison.Ordinal);
    }

    private static string Record(TempFolder folder, string option, string value)
    {
        string script = folder.Add("lab.jsonl", """
            {"op":"map_create","as":"a","type":"array","name":"a","key_size":4,"value_size":4,"max_entries":4}
            {"op":"map_update_elem","fd":"a","key":"09000000","value":"01000000"}

            """u8.ToArray());
        string trace = Path.Combine(folder.Path, "lab.nettrace");
        ToolRun run = ToolRun.Of("trace", "collect", option, value, "-o", trace, "--", "kernelsim", "script", script);
        Assert.True(run.ExitCode == 0, run.Error);
        return trace;
    }
}
