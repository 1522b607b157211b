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
    public void A_request_without_a_call_failed_if_its_status_is_an_error()
    {
        Recorded trace = new();
        foreach ((ulong id, string status) in new[]
        {
            (1UL, "STATUS_INVALID_PARAMETER"), (2UL, "STATUS_SUCCESS"), (3UL, "STATUS_CANCELLED"), (4UL, "0xC0DE0001"),
        })
        {
            trace.Kernel(id, "IoctlStart", ("processId", 8), ("operation", "f")).Kernel(id, "IoctlStop", ("operation", "f"), ("status", status));
        }

        CallTotals call = Assert.Single(Report(trace).Calls);

        Assert.Equal((4, 2), (call.Calls, call.Failed));
        Assert.Equal([new("EINVAL", 1), new("EOTHER", 1)], call.Errnos);
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
            [new MapTotals(2, "", "", 1, 0, 1, 8, 0, 0), new MapTotals(3, "stats", "hash", 1, 0, 0, 0, 1, 16)],
            Report(trace).Maps);
    }

    [Fact]
    public void A_copy_that_a_helper_made_belongs_to_the_helpers_map_though_no_request_asked_for_it()
    {
        Recorded trace = new Recorded()
            .Kernel(0, "MapHelper", ("programId", 5L), ("mapId", 2L), ("helper", "bpf_map_update_elem"), ("result", "EBPF_SUCCESS"))
            .Kernel(0, "Copy", ("stage", "MapStore"), ("bytes", 8L))
            .Kernel(0, "Copy", ("stage", "MapStore"), ("bytes", 100L));

        Assert.Equal([new MapTotals(2, "", "", 0, 1, 1, 8, 0, 0)], Report(trace).Maps);
    }

    [Fact]
    public void Threads_that_run_programs_side_by_side_keep_their_copies_apart()
    {
        Recorded trace = new Recorded()
            .Kernel(0, "MapHelper", ("programId", 5L), ("mapId", 2L), ("helper", "bpf_map_push_elem"), ("result", "EBPF_SUCCESS"))
            .OnThread(7).Kernel(0, "MapHelper", ("programId", 5L), ("mapId", 3L), ("helper", "bpf_map_pop_elem"), ("result", "EBPF_SUCCESS"))
            .Kernel(0, "Copy", ("stage", "MapFetch"), ("bytes", 16L))
            .OnThread(1).Kernel(0, "Copy", ("stage", "MapStore"), ("bytes", 8L));

        Assert.Equal([(2, 8, 0), (3, 0, 16)], Report(trace).Maps.Select(m => (m.Id, m.StoredBytes, m.FetchedBytes)));
    }

    [Fact]
    public void A_test_run_whose_program_goes_back_and_forth_between_maps_reaches_each_once()
    {
        Recorded trace = new Recorded().User(1, "ApiCallStart", ("function", "bpf_prog_test_run_opts"));
        for (int i = 0; i < 4; i++)
        {
            trace.Kernel(1, "MapHelper", ("programId", 5L), ("mapId", 2L + (i % 2)), ("helper", "bpf_map_lookup_elem"), ("result", "EBPF_SUCCESS"));
        }

        Assert.Equal([(2, 1, 2), (3, 1, 2)], Report(trace).Maps.Select(m => (m.Id, m.Requests, m.HelperCalls)));
    }

    [Fact]
    public void Programs_are_counted_from_their_birth_through_runs_to_test_runs()
    {
        Recorded trace = new Recorded()
            .Kernel(1, "ProgramCreate", ("programId", 5L), ("name", "count"), ("section", "bind"), ("programType", "bind"))
            .Kernel(1, "ProgramLoad", ("programId", 5L), ("codeType", "native"), ("bytes", 0L), ("result", "EBPF_SUCCESS"))
            .Kernel(2, "TestRunBegin", ("programId", 5L), ("repeat", 3L), ("batchSize", 1L))
            .Kernel(2, "MapHelper", ("programId", 5L), ("mapId", 2L), ("helper", "bpf_map_lookup_elem"), ("result", "EBPF_KEY_NOT_FOUND"))
            .Kernel(2, "TailCall", ("programId", 5L), ("mapId", 4L), ("index", 0L), ("next", 6L), ("result", "EBPF_SUCCESS"))
            .Kernel(2, "Printk", ("programId", 5L), ("text", "hello"))
            .Kernel(2, "ProgramInvoke", ("programId", 5L), ("name", "count"), ("returnValue", 1L), ("tailCalls", 1))
            .Kernel(2, "TestRunEnd", ("programId", 5L), ("result", "EBPF_SUCCESS"), ("returnValue", 1L), ("durationNs", 70L))
            .Kernel(3, "TestRunBegin", ("programId", 5L), ("repeat", 1L), ("batchSize", 1L))
            .Kernel(3, "TestRunEnd", ("programId", 5L), ("result", "EBPF_INVALID_ARGUMENT"), ("returnValue", 0L), ("durationNs", 0L));

        TraceReport report = Report(trace);

        Assert.Equal(
            new ProgramTotals(5)
            {
                Name = "count",
                Type = "bind",
                Load = "EBPF_SUCCESS",
                Runs = 1,
                TailCalls = 1,
                HelperCalls = 2,
                Lines = 1,
                TestRuns = 2,
                FailedTestRuns = 1,
                Repeats = 4,
                NanosecondsARun = 70,
            },
            Assert.Single(report.Programs));
        Assert.Equal([("bpf_map_lookup_elem", 2, 1), ("bpf_tail_call", 4, 1)], report.Helpers.Select(h => (h.Helper, h.MapId, h.Calls)));
        Assert.Equal([new KeyValuePair<string, long>("EBPF_KEY_NOT_FOUND", 1)], report.Helpers[0].Failures);
        Assert.Empty(report.Helpers[1].Failures);
    }

    [Fact]
    public void Links_know_their_hook_its_answer_and_what_it_ran()
    {
        Recorded trace = new Recorded()
            .Kernel(1, "ExtensionAttach", ("linkId", 9L), ("attachType", "bind"), ("status", "STATUS_SUCCESS"))
            .Kernel(1, "LinkAttach", ("linkId", 9L), ("programId", 5L), ("attachType", "bind"), ("dataBytes", 4L))
            .Kernel(0, "HookInvoke", ("linkId", 9L), ("programId", 5L), ("result", 3L), ("status", "EBPF_SUCCESS"))
            .Kernel(0, "HookInvoke", ("linkId", 9L), ("programId", 5L), ("result", 0L), ("status", "EBPF_EXTENSION_FAILED_TO_LOAD"))
            .Kernel(2, "LinkDetach", ("linkId", 9L), ("programId", 5L), ("attachType", "bind"));

        Assert.Equal(
            new LinkTotals(9)
            {
                ProgramId = 5,
                AttachType = "bind",
                Answer = "STATUS_SUCCESS",
                Attached = 1,
                Detached = 1,
                Invocations = 2,
                Failed = 1,
            },
            Assert.Single(Report(trace).Links));
    }

    [Fact]
    public void Each_ring_of_a_map_is_counted_by_itself()
    {
        (string, object)[] On(int ring, params (string, object)[] rest) => [("mapId", 2L), ("ring", ring), .. rest];
        Recorded trace = new Recorded()
            .Kernel(0, "RingSubmit", On(0, ("offset", 0UL), ("bytes", 16L)))
            .Kernel(0, "RingSubmit", On(1, ("offset", 0UL), ("bytes", 24L)))
            .Kernel(0, "RingWakeup", On(1))
            .Kernel(0, "RingDiscard", On(0, ("offset", 16UL), ("bytes", 8L)))
            .Kernel(0, "RingLost", On(0, ("bytes", 9000L), ("lost", 1UL), ("result", "EBPF_NO_MEMORY")))
            .Kernel(1, "RingReturn", On(0, ("consumer", 16UL), ("producer", 24UL)))
            .Kernel(1, "RingQueryComplete", On(0, ("result", "EBPF_SUCCESS"), ("producer", 24UL), ("consumer", 16UL), ("lost", 1UL)));

        Assert.Equal([new RingTotals(2, 0, 1, 16, 1, 1, 0, 1, 1), new RingTotals(2, 1, 1, 24, 0, 0, 1, 0, 0)], Report(trace).Rings);
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
    public void A_median_is_bounded_from_above_by_no_more_than_a_64th()
    {
        Recorded trace = new();
        for (ulong id = 1; id <= 100; id++)
        {
            Call(id, trace);
        }

        CallTotals call = Assert.Single(Report(trace).Calls);

        Assert.Equal(100, call.Calls);
        Assert.InRange(call.MedianUs, 10, 10 * (1 + 1.0 / 64));
    }

    [Fact]
    public void The_first_call_of_a_function_stands_beside_the_later_ones()
    {
        Recorded trace = new();
        trace.User(1, "ApiCallStart", ("function", "f")).Kernel(0, "Other").Kernel(0, "Other");
        trace.User(1, "ApiCallStop", ("function", "f"), ("result", 0), ("errno", ""));
        Call(2, trace);
        Call(3, trace);

        CallTotals call = Assert.Single(Report(trace).Calls);

        Assert.Equal((30, 30), (call.FirstUs, call.MaxUs));
        Assert.Equal((10, 10), (call.Later!.MeanUs, call.Later.MaxUs));
        Assert.Equal([(1UL, true), (2UL, false), (3UL, false)], Report(trace).Slowest.OrderBy(r => r.Id).Select(r => (r.Id, r.IsFirst)));
    }

    [Fact]
    public void A_single_call_has_no_later_ones()
    {
        CallTotals call = Assert.Single(Report(Call(1)).Calls);

        Assert.Equal(10, call.FirstUs);
        Assert.Null(call.Later);
    }

    [Fact]
    public void Only_a_boot_before_the_first_call_says_that_the_first_calls_are_cold()
    {
        Recorded booted = new Recorded().Kernel(0, "MachineStart", ("cpus", 4));
        Recorded late = Call(1).Kernel(0, "MachineStart", ("cpus", 4));

        Assert.True(Report(Call(1, booted)).BeginsAtBoot);
        Assert.False(Report(Call(2, late)).BeginsAtBoot);
    }

    private static Recorded Call(ulong id, Recorded? trace = null) =>
        (trace ?? new Recorded()).User(id, "ApiCallStart", ("function", "f"))
            .User(id, "ApiCallStop", ("function", "f"), ("result", 0), ("errno", ""));

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
