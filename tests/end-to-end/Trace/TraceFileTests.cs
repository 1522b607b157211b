namespace KernelSim.EndToEnd.Tests.Trace;

public sealed class TraceFileTests(TourTrace tour)
{
    /// <summary>The verbs that read a trace, with what they need besides.</summary>
    public static TheoryData<string[]> Readers =>
        new((string[])["events"], ["report"], ["why"], ["convert"], ["convert", "--format", "csv"], ["view"]);

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_file_that_is_not_there_is_named(string[] verb)
    {
        ToolRun run = ToolRun.Of(["trace", .. verb, "/nowhere/x.nettrace"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("'/nowhere/x.nettrace' given, expected a trace", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_file_that_is_no_trace_is_refused(string[] verb)
    {
        using TempFolder folder = new();
        string path = folder.Add("story.txt", "Once upon a time there was a batch."u8.ToArray());

        ToolRun run = ToolRun.Of(["trace", .. verb, path]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(
            "expected a trace (.nettrace, on Windows also .etl): it does not begin with the word Nettrace", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void An_empty_file_is_said_to_be_empty(string[] verb)
    {
        using TempFolder folder = new();

        ToolRun run = ToolRun.Of(["trace", .. verb, folder.Add("empty.nettrace", [])]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("expected a trace (.nettrace, on Windows also .etl): the file is empty\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_whose_end_is_missing_is_read_so_far_and_is_not_complete()
    {
        using TempFolder folder = new();
        byte[] whole = File.ReadAllBytes(tour.Path);
        string path = folder.Add("cut.nettrace", whole[..^16]);

        ToolRun lax = ToolRun.Of("trace", "report", path);
        ToolRun strict = ToolRun.Of("trace", "report", path, "--require-complete", "-j");

        Assert.Equal((0, 1), (lax.ExitCode, strict.ExitCode));
        Assert.Matches(@"^\d+ events, 0 lost, 0 gaps, cut off before its end\n", lax.Output);
        Assert.True(ToolRun.Parse(strict.Output).GetProperty("cut_off").GetBoolean());
        Assert.Equal(0, ToolRun.Of("trace", "why", path).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Elsewhere_than_on_windows_an_etw_trace_is_refused_with_the_way_out(string[] verb)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows reads ETW traces.");
        using TempFolder folder = new();
        string path = folder.Add("session.etl", new byte[64]);

        ToolRun run = ToolRun.Of(["trace", .. verb, path]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("an ETW trace, which only Windows can read; record a .nettrace", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("report")]
    [InlineData("why")]
    public void Under_json_the_failure_is_a_document(string verb)
    {
        ToolRun run = ToolRun.Of("trace", verb, "/nowhere/x.nettrace", "-j");

        Assert.Equal("ENOENT", ToolRun.Parse(run.Output).GetProperty("errno_name").GetString());
    }
}
