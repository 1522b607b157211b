using System.Diagnostics.Tracing;
using System.Text.Json;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>A trace of a program that has nothing to do with KernelSim, as dotnet-trace would record it.</summary>
public sealed class ForeignTraceTests
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    public static TheoryData<string[]> Others => new(
        (string[])["why"], ["events"], ["events", "--errno", "EINVAL"], ["convert"], ["convert", "--format", "csv"], ["view"]);

    [Fact]
    public void The_report_says_whose_events_it_holds_and_is_not_complete()
    {
        using TempFolder folder = new();
        string path = Record(folder);

        ToolRun lax = ToolRun.Of("trace", "report", path);
        ToolRun strict = ToolRun.Of("trace", "report", path, "--require-complete", "-j");

        Assert.Equal((0, 1), (lax.ExitCode, strict.ExitCode));
        Assert.Matches($@"^0 events, 0 lost, 0 gaps; none is of KernelSim: \d+ of {Runtime}", lax.Output);
        JsonElement report = ToolRun.Parse(strict.Output);
        Assert.False(report.GetProperty("complete").GetBoolean());
        Assert.InRange(report.GetProperty("other_providers").GetProperty(Runtime).GetInt64(), 1, long.MaxValue);
        Assert.Single(strict.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void The_other_verbs_refuse_it_with_whose_events_it_holds(string[] verb)
    {
        using TempFolder folder = new();

        ToolRun run = ToolRun.Of(["trace", .. verb, Record(folder)]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Matches($@"^kernelsim: .*; none is of KernelSim: \d+ of {Runtime}.*\n$", run.Error);
    }

    /// <summary>Collections of this host process's garbage.</summary>
    private static string Record(TempFolder folder)
    {
        const long Collections = 1;
        string path = Path.Combine(folder.Path, "runtime.nettrace");
        using TraceTarget target = TraceTarget.Running(Environment.ProcessId);
        Stream events = target.Begin([new ProviderRequest(Runtime, EventLevel.Informational, Collections)], bufferMiB: 16);
        HostThread reader = HostThread.Run(() =>
        {
            using FileStream file = File.Create(path);
            events.CopyTo(file);
        });
        GC.Collect();
        target.Stop();
        reader.Join();
        return path;
    }
}
