using System.Diagnostics.Tracing;
using System.Text.Json;
using KernelSim.TraceAnalysis.Sessions;
using KernelSim.Tracing;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Traces that a session really lost events of: nobody takes its stream while far more is written than its buffer holds.</summary>
public sealed class LossTests
{
    private const int BufferMiB = 1;

    /// <summary>More than 4 times the buffer, at 40 bytes of payload an event.</summary>
    private const int Burst = 4 * BufferMiB * 1024 * 1024 / 40;

    [Fact]
    public void A_session_whose_buffer_overflowed_fails_a_report_that_must_be_complete()
    {
        Assert.SkipUnless(ShortTempFolder.HasOwnPort, "TMPDIR is too long for this process's diagnostics port.");
        using TempFolder folder = new();
        string path = Overflow(folder);

        ToolRun demanded = ToolRun.Of("trace", "report", path, "--require-complete");
        ToolRun shown = ToolRun.Of("trace", "report", path, "-j");

        Assert.Equal(1, demanded.ExitCode);
        Assert.DoesNotContain(" 0 lost", demanded.Lines[0], StringComparison.Ordinal);
        Assert.NotEmpty(demanded.Error);
        Assert.Equal(0, shown.ExitCode);
        JsonElement report = ToolRun.Parse(shown.Output);
        Assert.False(report.GetProperty("complete").GetBoolean());
        Assert.InRange(report.GetProperty("lost").GetInt64(), 1, long.MaxValue);
    }

    /// <summary>Every event is written before the first byte of the stream is read: what did not fit is lost, whatever the host's speed.</summary>
    private static string Overflow(TempFolder folder)
    {
        string path = Path.Combine(folder.Path, "lossy.nettrace");
        using TraceTarget target = TraceTarget.Running(Environment.ProcessId);
        Stream events = target.Begin(
            [new ProviderRequest(KernelEventSource.ProviderName, EventLevel.Verbose, (long)KernelEventSource.Keywords.Copy)], BufferMiB);
        for (int i = 0; i < Burst; i++)
        {
            KernelEventSource.Log.Copy(0, 0, CopyStage.MapStore, i, 0, 0x1000, 0x2000, 8);
        }

        HostThread reader = HostThread.Run(() =>
        {
            using FileStream file = File.Create(path);
            events.CopyTo(file);
        });
        target.Stop();
        reader.Join();
        return path;
    }
}
