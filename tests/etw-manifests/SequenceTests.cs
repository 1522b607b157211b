using System.Diagnostics.Tracing;
using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

public sealed class SequenceTests
{
    [Fact]
    public async Task A_session_that_lost_nothing_sees_the_numbers_of_each_level_and_set_of_keywords_without_a_gap()
    {
        Action[] calls = [.. TraceEventCase.All.Select(e => e.CompileCall())];

        IReadOnlyList<RecordedEvent> heard = await EventPipeRecording.Record(() => Array.ForEach([.. calls, .. calls], call => call()));

        Assert.All(heard.GroupBy(e => (e.Provider, e.Level, e.Keywords)), AssertWhole);
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_session_sees_no_gap_because_another_asks_for_more(EventLevel level, EventKeywords keywords)
    {
        Action[] calls = [.. TraceEventCase.All.Where(e => e.Provider == KernelEventSource.Log).Select(e => e.CompileCall())];
        IReadOnlyList<RecordedEvent> narrow = [];

        IReadOnlyList<RecordedEvent> wide = EventRecorder.Record(KernelEventSource.Log, EventLevel.Verbose, EventKeywords.All, () =>
        {
            Array.ForEach(calls, call => call());
            narrow = EventRecorder.Record(
                KernelEventSource.Log, level, keywords, () => Array.ForEach([.. calls, .. calls], call => call()));
        });

        Assert.InRange(narrow.Count, 1, wide.Count - 1);
        Assert.All(narrow.GroupBy(e => (e.Level, e.Keywords)), AssertWhole);
        Assert.All(wide.GroupBy(e => (e.Level, e.Keywords)), AssertWhole);
    }

    [Fact]
    public void An_event_that_nobody_asks_for_takes_no_number()
    {
        IReadOnlyList<RecordedEvent> heard = EventRecorder.Record(
            KernelEventSource.Log,
            EventLevel.Informational,
            KernelEventSource.Keywords.Driver | KernelEventSource.Keywords.Copy,
            () =>
            {
                KernelEventSource.Log.DeviceCreate(0, 0, "first");
                KernelEventSource.Log.Copy(1, 0, CopyStage.BufferIn, -1, -1, 0x1000, 0x2000, 8);
                KernelEventSource.Log.DpcRun(1, 0, "of another keyword");
                KernelEventSource.Log.DeviceCreate(0, 0, "second");
            });

        Assert.Equal(2, heard.Count);
        Assert.Equal(heard[0].Sequence + 1, heard[1].Sequence);
    }

    [Fact]
    public void Events_from_many_threads_take_each_number_once()
    {
        const int Threads = 4;
        const int Each = 500;
        IReadOnlyList<RecordedEvent> heard = EventRecorder.Record(
            KernelEventSource.Log,
            EventLevel.Informational,
            KernelEventSource.Keywords.Driver,
            () =>
            {
                HostThreads.Run([.. Enumerable.Range(0, Threads).Select<int, Action>(cpu => () => Write(cpu, Each))]);
            });

        ulong[] numbers = [.. heard.Select(e => e.Sequence).Order()];
        Assert.Equal(Enumerable.Range(0, Threads * Each).Select(i => numbers[0] + (ulong)i), numbers);
    }

    /// <summary>What sessions ask for: every level, and every keyword by itself.</summary>
    public static TheoryData<EventLevel, EventKeywords> Choices =>
    [
        .. new[] { EventLevel.Critical, EventLevel.Error, EventLevel.Warning, EventLevel.Informational }.Select(l => (l, EventKeywords.All)),
        .. TraceEventCase.All.Where(e => e.Provider == KernelEventSource.Log).Select(e => (EventLevel.Verbose, e.Attribute.Keywords)).Distinct(),
    ];

    private static void AssertWhole(IEnumerable<RecordedEvent> kind)
    {
        ulong[] numbers = [.. kind.Select(e => e.Sequence).Order()];
        Assert.Equal(Enumerable.Range(0, numbers.Length).Select(i => numbers[0] + (ulong)i), numbers);
    }

    private static void Write(int processor, int events)
    {
        for (int i = 0; i < events; i++)
        {
            KernelEventSource.Log.DeviceCreate(0, processor, "device");
        }
    }
}
