using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Filtering;

namespace KernelSim.TraceAnalysis.Tests.Filtering;

public sealed class EventSelectorTests
{
    private static readonly Recorded s_trace = new Recorded()
        .Kernel(1, "MapLayout", ("mapId", 5L))
        .Kernel(1, "Copy", ("bytes", 8L))
        .Kernel(2, "MapCreate", ("mapId", 6L), ("name", "other"))
        .User(2, "ApiCallStop", ("errno", "ENOENT"))
        .Kernel(3, "MapDelete", ("mapId", 5L), ("name", "stats"))
        .Kernel(0, "DpcRun", ("routine", "timer"));

    [Fact]
    public void A_name_that_is_said_late_selects_what_reached_the_map_before() =>
        Assert.Equal(["MapLayout", "Copy", "MapDelete"], Selected(new EventFilter { Map = "stats" }));

    [Fact]
    public void A_map_may_be_named_by_its_id() => Assert.Equal(["MapLayout", "Copy", "MapDelete"], Selected(new EventFilter { Map = "5" }));

    [Fact]
    public void A_map_selects_what_helpers_copied_outside_requests()
    {
        Recorded trace = new Recorded()
            .Kernel(0, "MapHelper", ("mapId", 5L), ("helper", "bpf_map_update_elem"))
            .Kernel(0, "Copy", ("stage", "MapStore"), ("bytes", 8L))
            .Kernel(0, "MapHelper", ("mapId", 6L), ("helper", "bpf_map_update_elem"))
            .Kernel(0, "Copy", ("stage", "MapStore"), ("bytes", 16L));

        Assert.Equal([0, 1], Chosen(trace, new EventFilter { Map = "5" }).Select(e => e.Position));
        Assert.Equal([3], Chosen(trace, new EventFilter { Map = "6", Events = ["Copy"] }).Select(e => e.Position));
    }

    [Fact]
    public void An_errno_selects_the_requests_that_say_so() =>
        Assert.Equal(["MapCreate", "ApiCallStop"], Selected(new EventFilter { Errno = "ENOENT" }));

    [Fact]
    public void An_errno_selects_by_status_the_requests_that_do_not_say_theirs()
    {
        Recorded trace = new Recorded()
            .Kernel(1, "IoctlStop", ("status", "STATUS_INVALID_PARAMETER"))
            .Kernel(2, "IoctlStop", ("status", "STATUS_NOT_FOUND"))
            .Kernel(3, "IoctlStop", ("status", "STATUS_INVALID_PARAMETER"))
            .User(3, "ApiCallStop", ("result", 0), ("errno", ""));

        Assert.Equal([0], Chosen(trace, new EventFilter { Errno = "EINVAL" }).Select(e => e.Position));
    }

    [Fact]
    public void Without_conditions_everything_is_selected() => Assert.Equal(s_trace.Events.Count, Selected(new EventFilter()).Count);

    [Fact]
    public void Of_a_live_session_a_request_shows_from_the_event_that_made_it_wanted()
    {
        EventSelector selector = new(new EventFilter { Errno = "ENOENT" });
        List<string> seen = [];
        foreach (TracedEvent e in s_trace.Events)
        {
            selector.Learn(e);
            if (selector.Wants(e))
            {
                seen.Add(e.Header.Name);
            }
        }

        Assert.Equal(["ApiCallStop"], seen);
    }

    private static List<string> Selected(EventFilter filter) => [.. Chosen(s_trace, filter).Select(e => e.Header.Name)];

    private static List<TracedEvent> Chosen(Recorded trace, EventFilter filter)
    {
        EventSelector selector = new(filter);
        foreach (TracedEvent e in trace.Events)
        {
            selector.Learn(e);
        }

        return [.. trace.Events.Where(selector.Wants)];
    }
}
