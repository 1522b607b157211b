using KernelSim.TraceAnalysis.Recording;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Tests;

[Collection("recorders")]
public sealed class WitnessTests
{
    /// <summary>Bytes of a values buffer for 8 elements of a 12-byte value on 4 CPUs, and how a reader explains them.</summary>
    public static TheoryData<long, long?, long?> Buffers => new()
    {
        { 8 * 64, 16, 4 },
        { 8 * 48, 12, 4 },
        { 8 * 16, 16, 1 },
        { 8 * 12, 12, 1 },
        { 8 * 13, null, null },
    };

    [Theory]
    [MemberData(nameof(Buffers))]
    public void The_applications_belief_follows_from_what_it_allocated(long bytes, long? stride, long? cpus)
    {
        Witness application = Ask(s => s.Call().Values(bytes).LibrarySays(12, 16, 4).KernelSays(12, 16, 4)).Application;

        Assert.Equal((bytes / 8, stride, cpus), (application.Total, application.Stride, application.Cpus));
    }

    [Fact]
    public void Nobody_disagrees_when_all_three_count_the_same()
    {
        Assert.Null(Ask(s => s.Call().Values(512).LibrarySays(12, 16, 4).KernelSays(12, 16, 4)).FirstDisagreement);
    }

    [Fact]
    public void The_library_before_the_fix_agrees_with_the_application_and_not_with_the_kernel()
    {
        (Witness left, Witness right) = Ask(s => s.Call().Values(96).LibrarySays(12, 12, 1).KernelSays(12, 16, 4)).FirstDisagreement!.Value;

        Assert.Equal((Party.Library, 12L), (left.Party, left.Total));
        Assert.Equal((Party.Kernel, 64L), (right.Party, right.Total));
    }

    [Fact]
    public void A_caller_that_forgot_the_cpus_disagrees_with_the_library_first()
    {
        (Witness left, Witness right) = Ask(s => s.Call().Values(96).LibrarySays(12, 16, 4).KernelSays(12, 16, 4)).FirstDisagreement!.Value;

        Assert.Equal((Party.Application, Party.Library), (left.Party, right.Party));
    }

    [Fact]
    public void A_call_that_never_crossed_borrows_what_the_kernel_said_last_of_its_descriptor()
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        Story earlier = new Story().Call().KernelSays(12, 16, 4).Return();
        new Story().Call(descriptor: 4).KernelSays(8, 8, 1).Return();
        Story refused = new Story().Call().Values(96).LibrarySays(12, 16, 4).Refuse(96, 512);

        Witness kernel = recorder.Stop().Request(refused.Id)!.Witnesses.Kernel;

        Assert.Equal((64L, earlier.Id), (kernel.Total, kernel.RequestId));
    }

    [Theory]
    [InlineData("percpu_hash", 16, 4, 64)]
    [InlineData("hash", 12, 1, 12)]
    public void A_map_that_was_created_since_is_the_kernels_latest_word(string type, int stride, int cpus, int total)
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        KernelEventSource.Log.MachineStart(0, 0, 4, 1);
        new Story().Call().KernelSays(99, 104, 4).Return();
        Story created = new Story().KernelCreates(type, 12).Return(3);
        new Story().KernelCreates("array", 40).Return(4);
        Story refused = new Story().Call().Values(96).LibrarySays(12, 16, 4).Refuse(96, 512);

        Witness kernel = recorder.Stop().Request(refused.Id)!.Witnesses.Kernel;

        Assert.Equal((created.Id, (long?)stride, (long?)cpus, (long?)total), (kernel.RequestId, kernel.Stride, kernel.Cpus, kernel.Total));
    }

    [Fact]
    public void What_the_kernel_says_after_a_call_began_is_no_testimony_for_it()
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        Story earlier = new Story().Call().KernelSays(12, 16, 4).Return();
        Story refused = new Story().Call().Values(96).LibrarySays(12, 16, 4).Refuse(96, 512).Return(-22, "EINVAL");
        new Story().Call().KernelSays(99, 104, 4).Return();
        KernelEventSource.Log.PoolFree(refused.Id, 0, "Test", 8, 0x1000);

        Assert.Equal(earlier.Id, recorder.Stop().Request(refused.Id)!.Witnesses.Kernel.RequestId);
    }

    [Fact]
    public void A_descriptor_of_another_process_is_another_map()
    {
        Recorded trace = new Recorded().Kernel(0, "MachineStart", ("cpus", 4));
        foreach ((ulong id, int process) in new[] { (1UL, 8), (2UL, 12) })
        {
            trace.User(id, "ApiCallStart", ("function", "bpf_map_create"), ("descriptor", 0), ("count", 0L))
                .Kernel(id, "IoctlStart", ("processId", process))
                .Kernel(id, "MapCreate", ("mapId", process), ("type", "hash"), ("valueSize", 8L))
                .User(id, "ApiCallStop", ("function", "bpf_map_create"), ("result", 3));
        }

        trace.User(3, "ApiCallStart", ("function", "bpf_map_lookup_batch"), ("descriptor", 3), ("count", 1L))
            .User(3, "ApplicationBuffer", ("processId", 8), ("what", "values"), ("bytes", 4L));

        Assert.Equal(1UL, new TraceLog(trace.Events).Request(3)!.Witnesses.Kernel.RequestId);
    }

    [Fact]
    public void A_party_that_said_nothing_contradicts_nobody()
    {
        Witnesses witnesses = Ask(s => s.Call().LibrarySays(12, 16, 4).KernelSays(12, 16, 4));

        Assert.Null(witnesses.Application.Total);
        Assert.Null(witnesses.FirstDisagreement);
    }

    private static Witnesses Ask(Func<Story, Story> tell)
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        Story story = tell(new Story());
        return recorder.Stop().Request(story.Id)!.Witnesses;
    }
}
