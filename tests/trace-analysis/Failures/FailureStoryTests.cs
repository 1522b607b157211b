using KernelSim.TraceAnalysis.Failures;

namespace KernelSim.TraceAnalysis.Tests.Failures;

public sealed class FailureStoryTests
{
    [Fact]
    public void The_end_of_an_iteration_is_explained_only_if_nothing_else_failed()
    {
        Recorded trace = new Recorded()
            .User(1, "ApiCallStop", ("function", "f"), ("result", -2), ("errno", "ENOENT"))
            .User(2, "ApiCallStop", ("function", "f"), ("result", -7), ("errno", "E2BIG"))
            .User(3, "AccessViolation", ("access", "read"), ("site", "library:f"));

        Assert.Equal([1UL, 2UL, 3UL], Enumerable.Range(1, 3).Select(n => Find(trace, n)));
    }

    [Fact]
    public void What_a_callback_answered_is_no_failure_to_explain() =>
        Assert.Null(Find(new Recorded().User(1, "ApiCallStop", ("function", "ring_buffer__consume"), ("result", -1), ("errno", "0")), 1));

    [Fact]
    public void A_trace_without_failures_has_none_to_explain() => Assert.Null(Find(new Recorded().User(1, "ApiCallStop", ("result", 0)), 1));

    [Fact]
    public void A_kernel_refusal_is_walked_back_through_result_win32_and_status_to_the_check()
    {
        Recorded trace = new Recorded()
            .User(1, "ApiCallStart", ("function", "bpf_map_lookup_elem"), ("descriptor", 3), ("count", 1L))
            .Kernel(1, "IoctlStart", ("processId", 8), ("operation", "map_find_element"))
            .Kernel(1, "SizeCheck", ("check", "map.key_size"), ("what", "key"), ("given", 3L), ("expected", 4L), ("passed", 0u))
            .Kernel(1, "InvalidArgument", ("check", "map.key_size"), ("site", "find"), ("result", "EBPF_INVALID_ARGUMENT"), ("errno", "EINVAL"))
            .Kernel(1, "IoctlStop", ("operation", "map_find_element"), ("status", "STATUS_INVALID_PARAMETER"))
            .User(
                1,
                "ErrnoMapped",
                ("result", "EBPF_INVALID_ARGUMENT"),
                ("status", "STATUS_INVALID_PARAMETER"),
                ("win32", "ERROR_INVALID_PARAMETER"),
                ("errno", "EINVAL"))
            .User(1, "ApiCallStop", ("function", "bpf_map_lookup_elem"), ("result", -22), ("errno", "EINVAL"));

        FailureStory story = Tell(trace, 1);

        Assert.Equal(FailureKind.Refused, story.Kind);
        Assert.Equal(8, story.ProcessId);
        Assert.Equal(
            [
                "errno EINVAL 6", "result EBPF_INVALID_ARGUMENT 5", "win32 ERROR_INVALID_PARAMETER 5",
                "status STATUS_INVALID_PARAMETER 4", "result EBPF_INVALID_ARGUMENT 3", "check map.key_size 2",
            ],
            story.Chain().Select(s => $"{s.Kind} {s.Name} {s.Position}"));
    }

    [Fact]
    public void An_errno_that_nothing_refused_is_failed()
    {
        Recorded trace = new Recorded()
            .User(1, "ApiCallStart", ("function", "f"), ("count", 1L))
            .User(1, "ApiCallStop", ("function", "f"), ("result", -2), ("errno", "ENOENT"));

        Assert.Equal(FailureKind.Failed, Tell(trace, 1).Kind);
    }

    [Fact]
    public void A_status_that_is_an_error_is_a_failure_where_the_return_is_not_recorded()
    {
        Recorded trace = Asked(4, "STATUS_NO_MORE_MATCHES", Asked(3, "STATUS_CANCELLED", Asked(2, "STATUS_SUCCESS", Asked(1, "STATUS_NOT_FOUND"))));
        Asked(5, "STATUS_BUFFER_OVERFLOW", trace);
        Asked(5, "STATUS_SUCCESS", trace);
        Asked(6, "STATUS_INVALID_PARAMETER", trace);

        FailureStory story = Tell(trace, 6);

        Assert.Equal((1UL, 1UL, 6UL), (Find(trace, 2), Find(trace, 12), Find(trace, 14)));
        Assert.Equal((FailureKind.Failed, "EINVAL"), (story.Kind, story.Errno));
        Assert.Equal(
            ["errno EINVAL -1", "result EBPF_INVALID_ARGUMENT -1", "win32 ERROR_INVALID_PARAMETER -1", "status STATUS_INVALID_PARAMETER 13"],
            story.Chain().Select(s => $"{s.Kind} {s.Name} {s.Position}"));
        Assert.All([2UL, 3UL, 5UL], n => Assert.Equal(FailureKind.None, Tell(trace, n).Kind));
    }

    [Fact]
    public void A_call_that_returned_success_did_not_fail_by_a_status_that_it_met()
    {
        Recorded trace = Asked(1, "STATUS_NO_MORE_MATCHES").User(1, "ApiCallStop", ("function", "f"), ("result", 0));
        trace.Kernel(1, "IoctlStop", ("operation", "map_async_query"), ("status", "STATUS_INVALID_PARAMETER"));

        Assert.Null(Find(trace, 4));
        Assert.Equal(FailureKind.None, Tell(trace, 1).Kind);
    }

    [Fact]
    public void A_fault_before_the_first_copy_is_of_element_0_from_the_buffers_start()
    {
        FaultView fault = Fault(new Recorded()
            .User(1, "ApiCallStart", ("function", "f"), ("count", 4L))
            .User(1, "BatchLayout", ("valueSize", 8L), ("stride", 8L), ("total", 32L), ("cpus", 4))
            .User(1, "ApplicationBuffer", ("what", "values"), ("address", 0x1000UL), ("bytes", 16L))
            .User(1, "AccessViolation", ("access", "write"), ("address", 0x1010UL), ("length", 32L), ("site", "library:lookup_batch.values")));

        Assert.Equal((0x1000UL, 0, 2, 0, 16), (fault.Start, fault.Element, fault.Slot, fault.Offset, fault.BytesPastEnd));
    }

    [Fact]
    public void A_fault_far_from_any_buffer_belongs_to_none()
    {
        FaultView fault = Fault(new Recorded()
            .User(1, "ApplicationBuffer", ("what", "values"), ("address", 0x1000UL), ("bytes", 16L))
            .User(1, "AccessViolation", ("access", "write"), ("address", 0x9000UL), ("length", 8L), ("site", "library:x")));

        Assert.Null(fault.Buffer);
        Assert.Equal(-1, fault.Element);
    }

    [Theory]
    [InlineData(8, "checked")]
    [InlineData(12, "upstream")]
    [InlineData(16, null)]
    [InlineData(0, null)]
    public void The_library_is_that_of_the_process_that_made_the_call(int process, string? library)
    {
        Recorded trace = new Recorded()
            .Kernel(0, "MachineStart", ("cpus", 4))
            .User(0, "LibraryOpen", ("processId", 8), ("version", "checked"))
            .User(0, "LibraryOpen", ("processId", 12), ("version", "upstream"))
            .User(1, "ApiCallStart", ("function", "f"), ("descriptor", 3), ("count", 1L))
            .User(1, "ApplicationBuffer", ("processId", process), ("what", "values"), ("bytes", 4L));

        Assert.Equal(library, Tell(trace, 1).Library?.Version);
    }

    [Fact]
    public void Where_no_event_names_the_process_the_only_version_on_the_machine_is_meant()
    {
        Recorded trace = new Recorded()
            .User(0, "LibraryOpen", ("processId", 8), ("version", "upstream"))
            .Kernel(0, "MachineStart", ("cpus", 4))
            .User(0, "LibraryOpen", ("processId", 8), ("version", "checked"))
            .User(0, "LibraryOpen", ("processId", 12), ("version", "checked"))
            .User(1, "ApiCallStart", ("function", "f"), ("descriptor", 3), ("count", 1L));

        Assert.Equal("checked", Tell(trace, 1).Library!.Version);
    }

    [Fact]
    public void The_kernels_witness_is_the_map_of_the_call_and_not_the_one_made_last()
    {
        Recorded trace = new Recorded().Kernel(0, "MachineStart", ("cpus", 4));
        foreach ((ulong id, int fd, string type, long size) in new[] { (1UL, 3, "percpu_hash", 12L), (2UL, 4, "hash", 8L) })
        {
            trace.User(id, "ApiCallStart", ("function", "bpf_map_create"), ("descriptor", 0), ("count", 0L))
                .Kernel(id, "IoctlStart", ("processId", 8))
                .Kernel(id, "MapCreate", ("mapId", fd - 1), ("type", type), ("valueSize", size))
                .User(id, "ApiCallStop", ("function", "bpf_map_create"), ("result", fd));
        }

        trace.User(3, "ApiCallStart", ("function", "bpf_map_lookup_batch"), ("descriptor", 3), ("count", 1L))
            .Kernel(3, "IoctlStart", ("processId", 8))
            .Kernel(3, "MapLayout", ("mapId", 2), ("valueSize", 12L), ("stride", 16L), ("total", 64L), ("cpus", 4))
            .User(3, "ApiCallStop", ("result", 0))
            .User(5, "ApiCallStart", ("function", "bpf_map_lookup_batch"), ("descriptor", 4), ("count", 1L))
            .User(6, "ApiCallStart", ("function", "bpf_map_lookup_batch"), ("descriptor", 3), ("count", 1L));

        Assert.Equal((2UL, 8L), (Tell(trace, 5).Request.Witnesses.Kernel.RequestId, Tell(trace, 5).Request.Witnesses.Kernel.Total));
        Assert.Equal((3UL, 64L), (Tell(trace, 6).Request.Witnesses.Kernel.RequestId, Tell(trace, 6).Request.Witnesses.Kernel.Total));
    }

    /// <summary>A request to the kernel, without the call that made it.</summary>
    [Fact]
    public void Of_a_recording_that_ends_at_a_failure_the_last_failed_request_is_found()
    {
        Recorded trace = new();
        Asked(1, "STATUS_INVALID_PARAMETER", trace);
        Asked(2, "STATUS_INVALID_PARAMETER", trace);
        Asked(3, "STATUS_SUCCESS", trace);

        FailureFinder finder = new();
        foreach (var e in trace.Events)
        {
            finder.Add(e);
        }

        Assert.Equal((1ul, 2ul), (finder.Request!.Value, finder.LastRequest!.Value));
    }

    private static Recorded Asked(ulong request, string status, Recorded? trace = null) => (trace ?? new Recorded())
        .Kernel(request, "IoctlStart", ("processId", 8), ("operation", "map_find_element"))
        .Kernel(request, "IoctlStop", ("operation", "map_find_element"), ("status", status));

    private static FaultView Fault(Recorded trace) => Tell(trace, 1).Fault!;

    private static FailureStory Tell(Recorded trace, ulong request)
    {
        RequestCollector collector = new(request);
        foreach (var e in trace.Events)
        {
            collector.Add(e);
        }

        return new FailureStory(collector.Finish()!);
    }

    private static ulong? Find(Recorded trace, int events)
    {
        FailureFinder finder = new();
        foreach (var e in trace.Events.Take(events))
        {
            finder.Add(e);
        }

        return finder.Request;
    }
}
