using KernelSim.TraceAnalysis.Recording;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Tests;

[Collection("recorders")]
public sealed class LedgerTests
{
    [Fact]
    public void A_ledger_has_a_row_for_each_crossing_copy_check_and_fault()
    {
        IReadOnlyList<LedgerRow> ledger = Tell(s => s.Call().Ioctl(i => i.Fetch(2)).Refuse(96, 512).Fault("read", 0x2060)).Ledger;

        Assert.Equal(
            [LedgerKind.Crossing, LedgerKind.Copy, LedgerKind.Copy, LedgerKind.Return, LedgerKind.Refusal, LedgerKind.Fault],
            ledger.Select(r => r.Kind));
    }

    [Fact]
    public void Copies_of_neighbouring_elements_fold_into_one_run()
    {
        IReadOnlyList<LedgerRun> runs = LedgerRun.Fold(Tell(s => s.Call().Ioctl(i => i.Fetch(8)).Ioctl(i => i.Fetch(3))).Ledger);

        Assert.Equal([1, 8, 1, 1, 3, 1], runs.Select(r => r.Rows.Count));
        Assert.Equal((0L, 7L, 512L), (runs[1].First.Element, runs[1].Last.Element, runs[1].Bytes));
        Assert.Equal(CopyStage.MapFetch, runs[1].First.Stage);
    }

    [Fact]
    public void A_whole_message_does_not_fold_with_elements_of_the_same_stage()
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        Story story = new();
        KernelEventSource.Log.Copy(story.Id, 0, CopyStage.BufferIn, -1, -1, 1, 2, 100);
        KernelEventSource.Log.Copy(story.Id, 0, CopyStage.BufferIn, 0, -1, 1, 2, 10);

        Assert.Equal(2, LedgerRun.Fold(recorder.Stop().Request(story.Id)!.Ledger).Count);
    }

    [Fact]
    public void Checks_that_passed_fold_until_something_else_happens()
    {
        IReadOnlyList<LedgerRun> runs = LedgerRun.Fold(Tell(s => s.Check("a").Check("b").Fetch(1).Check("c").Refuse(96, 512)).Ledger);

        Assert.Equal([2, 1, 1, 1], runs.Select(r => r.Rows.Count));
        Assert.Equal(("a", "b"), (runs[0].First.Stage, runs[0].Last.Stage));
        Assert.Equal(LedgerKind.Refusal, runs[^1].First.Kind);
    }

    [Theory]
    [InlineData(0x2060UL, 1)]
    [InlineData(0x3000UL, 2)]
    public void The_librarys_and_the_kernels_report_of_one_fault_fold_into_one(ulong secondAddress, int runs)
    {
        Assert.Equal(runs, LedgerRun.Fold(Tell(s => s.Fault("Write", 0x2060).EndOfProcess("write", secondAddress)).Ledger).Count);
    }

    [Theory]
    [InlineData("read", 0x2060UL, 0UL)]
    [InlineData("write", 0UL, 0x2060UL)]
    public void A_fault_is_on_the_side_of_the_copy_that_failed(string access, ulong source, ulong destination)
    {
        LedgerRow row = Assert.Single(Tell(s => s.Fault(access, 0x2060)).Ledger);

        Assert.Equal((LedgerKind.Fault, source, destination, 64L), (row.Kind, row.Source, row.Destination, row.Bytes));
    }

    [Fact]
    public void A_control_request_that_never_returned_has_no_stop()
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        Story story = new();
        KernelEventSource.Log.IoctlStart(story.Id, 0, 8, "map_update_element_batch", 100, 20);

        Assert.Null(Assert.Single(recorder.Stop().Request(story.Id)!.Ioctls).Stop);
    }

    private static RequestView Tell(Func<Story, Story> tell)
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        Story story = tell(new Story());
        return recorder.Stop().Request(story.Id)!;
    }
}
