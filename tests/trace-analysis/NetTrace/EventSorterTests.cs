using KernelSim.TraceAnalysis.NetTrace;

namespace KernelSim.TraceAnalysis.Tests.NetTrace;

public sealed class EventSorterTests
{
    private readonly List<(long Timestamp, long Thread)> _out = [];

    [Fact]
    public void Events_that_other_threads_overtook_come_in_the_order_of_time()
    {
        EventSorter sorter = Make();

        Add(sorter, (10, 1), (20, 1), (30, 1), (15, 2), (25, 2), (5, 3));
        sorter.Flush();

        Assert.Equal([(5, 3), (10, 1), (15, 2), (20, 1), (25, 2), (30, 1)], _out);
    }

    [Fact]
    public void Of_events_of_one_tick_the_first_stays_the_first()
    {
        EventSorter sorter = Make();

        Add(sorter, (10, 1), (20, 1), (10, 2), (10, 3));
        sorter.Flush();

        Assert.Equal([(10, 1), (10, 2), (10, 3), (20, 1)], _out);
    }

    [Fact]
    public void Only_what_is_older_than_the_mark_is_handed_on()
    {
        EventSorter sorter = Make();
        Add(sorter, (10, 1), (20, 1), (12, 2));

        sorter.FlushBefore(12);
        Assert.Equal([(10, 1)], _out);
        sorter.FlushBefore(21);
        Assert.Equal([(10, 1), (12, 2), (20, 1)], _out);
    }

    private static void Add(EventSorter sorter, params (long Timestamp, long Thread)[] events)
    {
        foreach ((long timestamp, long thread) in events)
        {
            sorter.Add(new PendingEvent(timestamp, null!, thread, []));
        }
    }

    private EventSorter Make() => new(e => _out.Add((e.Timestamp, e.ThreadId)));
}
