using KernelSim.TraceAnalysis.Recording;
using KernelSim.TraceAnalysis.Reports;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Tests.NetTrace;

/// <summary>Numbers that a program passed, which the machine refused and traced: no damage, whatever they are.</summary>
[Collection("recorders")]
public sealed class FieldBoundsTests
{
    [Theory]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 50)]
    public void Any_number_of_runs_and_any_length_of_a_record_can_be_read(long number)
    {
        using TraceRecorder recorder = TraceRecorder.Start();
        KernelEventSource.Log.TestRunBegin(1, 0, 7, number, number);
        KernelEventSource.Log.TestRunBegin(1, 0, 7, number, number);
        KernelEventSource.Log.RingLost(1, 0, 7, 0, number, 1, "EBPF_OUT_OF_SPACE");
        TraceLog log = recorder.Stop();

        Assert.Null(log.Totals.Damage);
        Assert.Equal(3, log.Events.Count);
        ReportBuilder report = new();
        foreach (Events.TracedEvent e in log.Events)
        {
            report.Add(e);
        }

        Assert.InRange(Assert.Single(report.Finish(log.Totals).Programs).Repeats, 1L << 51, long.MaxValue);
    }
}
