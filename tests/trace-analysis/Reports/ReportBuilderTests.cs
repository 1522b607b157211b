using KernelSim.TraceAnalysis.Reports;

namespace KernelSim.TraceAnalysis.Tests.Reports;

public sealed class ReportBuilderTests
{
    [Fact]
    public void An_event_that_is_missing_from_the_middle_makes_the_report_incomplete()
    {
        Recorded trace = Call(1).Kernel(0, "DpcRun").Kernel(0, "DpcRun").Drop().Kernel(0, "DpcRun", ("routine", "timer"));

        TraceReport report = Report(trace);

        Assert.False(report.Losses.IsComplete);
        Assert.Equal((1, 1), (report.Losses.Lost, report.Losses.Gaps.Count));
    }

    [Fact]
    public void A_request_without_a_call_is_counted_under_its_operation()
    {
        Recorded trace = new Recorded()
            .Kernel(5, "IoctlStart", ("processId", 8), ("operation", "map_find_element"))
            .Kernel(5, "IoctlStop", ("operation", "map_find_element"), ("status", "STATUS_SUCCESS"));

        CallTotals call = Assert.Single(Report(trace).Calls);

        Assert.Equal(("map_find_element", 1, 1, 0), (call.Function, call.Calls, call.Crossings, call.Unfinished));
        Assert.Equal(10, call.MaxUs);
    }

    [Fact]
    public void A_call_that_never_returns_is_unfinished_and_keeps_what_it_cost()
    {
        Recorded trace = new Recorded().User(7, "ApiCallStart", ("function", "f")).User(7, "Copy", ("stage", "Marshal"), ("bytes", 24L));

        CallTotals call = Assert.Single(Report(trace).Calls);

        Assert.Equal((1, 1, 1, 24), (call.Calls, call.Unfinished, call.Copies, call.Bytes));
    }

    [Fact]
    public void Pairs_of_a_check_are_counted_the_most_frequent_first()
    {
        Recorded trace = new();
        for (ulong id = 1; id <= 3; id++)
        {
            Refuse(trace, id, given: id == 3 ? 8 : 16);
        }

        RefusalTotals refusal = Assert.Single(Report(trace).Refusals);

        Assert.Equal((3, 1UL), (refusal.Count, refusal.FirstRequest));
        Assert.Equal([new RefusedPair("values", 16, 64, 2), new RefusedPair("values", 8, 64, 1)], refusal.Pairs);
    }

    [Fact]
    public void A_refusal_whose_numbers_were_not_recorded_has_no_pair() =>
        Assert.Empty(Assert.Single(Report(new Recorded().User(1, "InvalidArgument", ("check", "api.x"), ("errno", "EINVAL"))).Refusals).Pairs);

    [Fact]
    public void Copies_belong_to_the_map_that_their_request_reached_last()
    {
        Recorded trace = new Recorded()
            .User(1, "ApiCallStart", ("function", "f"))
            .Kernel(1, "MapLayout", ("mapId", 2L))
            .Kernel(1, "Copy", ("stage", "MapStore"), ("bytes", 8L))
            .Kernel(1, "MapLayout", ("mapId", 3L))
            .Kernel(1, "Copy", ("stage", "MapFetch"), ("bytes", 16L))
            .Kernel(9, "MapDelete", ("mapId", 3L), ("name", "stats"), ("type", "hash"));

        Assert.Equal(
            [new MapTotals(2, "", "", 1, 1, 8, 0, 0), new MapTotals(3, "stats", "hash", 1, 0, 0, 1, 16)],
            Report(trace).Maps);
    }

    [Fact]
    public void Pool_knows_its_peak_and_what_is_outstanding()
    {
        Recorded trace = new Recorded()
            .Kernel(0, "PoolAllocate", ("tag", "peBE"), ("bytes", 100L))
            .Kernel(0, "PoolFree", ("tag", "peBE"), ("bytes", 100L))
            .Kernel(0, "PoolAllocate", ("tag", "peBE"), ("bytes", 60L));

        PoolTotals pool = Assert.Single(Report(trace).Pool);

        Assert.Equal((2, 1, 100, 60), (pool.Allocations, pool.Frees, pool.PeakBytes, pool.OutstandingBytes));
    }

    [Fact]
    public void Quantiles_are_right_within_an_eighth()
    {
        Recorded trace = new();
        for (ulong id = 1; id <= 100; id++)
        {
            Call(id, trace);
        }

        CallTotals call = Assert.Single(Report(trace).Calls);

        Assert.Equal(100, call.Calls);
        Assert.InRange(call.MedianUs, 10, 10 * 1.125);
    }

    private static Recorded Call(ulong id, Recorded? trace = null) =>
        (trace ?? new Recorded()).User(id, "ApiCallStart", ("function", "f")).User(id, "ApiCallStop", ("function", "f"), ("result", 0), ("errno", ""));

    private static void Refuse(Recorded trace, ulong id, long given) => trace
        .User(id, "ApiCallStart", ("function", "f"))
        .User(id, "SizeCheck", ("check", "api.x"), ("what", "values"), ("given", given), ("expected", 64L), ("passed", 0u))
        .User(id, "InvalidArgument", ("check", "api.x"), ("site", "f"), ("errno", "EINVAL"))
        .User(id, "ApiCallStop", ("function", "f"), ("result", -22), ("errno", "EINVAL"));

    private static TraceReport Report(Recorded trace)
    {
        ReportBuilder builder = new();
        foreach (var e in trace.Events)
        {
            builder.Add(e);
        }

        return builder.Finish(new TraceTotals(trace.Events.Count, 0));
    }
}
