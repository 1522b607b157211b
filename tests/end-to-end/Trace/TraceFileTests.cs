namespace KernelSim.EndToEnd.Tests.Trace;

public sealed class TraceFileTests
{
    /// <summary>The verbs that read a trace, with what they need besides.</summary>
    public static TheoryData<string[]> Readers =>
        new((string[])["events"], ["report"], ["why"], ["convert"], ["convert", "--format", "csv"]);

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
        Assert.Contains("expected a trace (.nettrace, on Windows also .etl): not a readable .nettrace stream", run.Error, StringComparison.Ordinal);
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
