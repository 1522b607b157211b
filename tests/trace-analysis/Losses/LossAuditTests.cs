using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.TraceAnalysis.Tests.Losses;

public sealed class LossAuditTests
{
    [Fact]
    public void A_trace_with_every_number_is_complete()
    {
        LossReport report = Audit(Numbered(1, 2, 3, 4));

        Assert.True(report.IsComplete);
        Assert.Empty(report.Gaps);
        Assert.Equal("4 events, 0 lost, 0 gaps", report.ToString());
    }

    [Fact]
    public void A_trace_that_begins_in_the_middle_of_a_run_is_complete() => Assert.True(Audit(Numbered(4_000_000_001, 4_000_000_002)).IsComplete);

    [Fact]
    public void One_dropped_event_is_one_gap_of_one()
    {
        LossReport report = Audit(Numbered(1, 2, 4, 5));

        Assert.Equal([new SequenceGap("KernelSim-Kernel", 1, "DpcRun", 3, 3)], report.Gaps);
        Assert.Equal(1, report.Lost);
    }

    [Theory]
    [InlineData(new ulong[] { 2, 1, 4, 3, 6, 5 }, 0)]
    [InlineData(new ulong[] { 5, 4, 3, 2, 1 }, 0)]
    [InlineData(new ulong[] { 1, 3, 5, 2, 4 }, 0)]
    [InlineData(new ulong[] { 9, 1, 5 }, 2)]
    [InlineData(new ulong[] { 1, 1, 2, 2 }, 0)]
    public void Events_that_overtook_each_other_are_no_loss(ulong[] numbers, int gaps) => Assert.Equal(gaps, Audit(Numbered(numbers)).Gaps.Count);

    [Fact]
    public void Each_provider_has_numbers_of_its_own()
    {
        Recorded trace = new();
        trace.Kernel(1, "IoctlStart").User(1, "ApiCallStop").Kernel(1, "IoctlStop").Drop().User(1, "ApiCallStart").Kernel(1, "Copy");

        LossReport report = Audit(trace.Events);

        Assert.Equal([new SequenceGap("KernelSim-Kernel", 1, "Copy, IoctlStart", 2, 2)], report.Gaps);
    }

    [Theory]
    [InlineData("Verbose", 0x4, 0)]
    [InlineData("Informational", 0x2, 0)]
    [InlineData("Verbose", 0x2, 1)]
    public void Events_of_another_level_or_other_keywords_have_numbers_of_their_own(string level, long keywords, int gaps)
    {
        TracedEvent[] events = [Event(0, "Verbose", 0x2, 1), Event(1, level, keywords, 9), Event(2, "Verbose", 0x2, 2)];

        Assert.Equal(gaps, Audit(events).Gaps.Count);
    }

    [Fact]
    public void A_trace_that_is_cut_off_is_not_complete_though_no_number_is_missing()
    {
        LossAudit audit = new();
        Array.ForEach([.. Numbered(1, 2)], audit.Add);

        LossReport report = audit.Finish(new TraceTotals(2, 0) { IsCutOff = true });

        Assert.False(report.IsComplete);
        Assert.Equal("2 events, 0 lost, 0 gaps, cut off before its end", report.ToString());
    }

    [Fact]
    public void What_the_session_counted_stands_when_it_is_more()
    {
        LossReport report = Audit(Numbered(1, 3), lostBySession: 7);

        Assert.Equal((7, 1, 7), (report.Lost, report.MissingNumbers, report.LostBySession));
    }

    [Fact]
    public void A_trace_without_numbers_is_judged_by_what_the_session_counted() => Assert.True(Audit(Numbered(0, 0, 0)).IsComplete);

    private static LossReport Audit(IReadOnlyList<TracedEvent> events, long lostBySession = 0)
    {
        LossAudit audit = new();
        foreach (TracedEvent e in events)
        {
            audit.Add(e);
        }

        return audit.Finish(new TraceTotals(events.Count, lostBySession));
    }

    private static IReadOnlyList<TracedEvent> Numbered(params ulong[] numbers) =>
        [.. numbers.Select((number, i) => Event(i, "Verbose", 0x20, number))];

    private static TracedEvent Event(int position, string level, long keywords, ulong number) => EventCatalog.Make(
        new EventHeader(
            position, position, "KernelSim-Kernel", "DpcRun", level, new EventPayload(["requestId", "processor", "sequence"], [0UL, 0, number]))
        {
            Keywords = keywords,
            HostProcessId = 1,
        });
}
