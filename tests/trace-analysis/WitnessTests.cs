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
    public void A_call_that_never_crossed_borrows_what_the_kernel_said_last()
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        Story earlier = new Story().KernelSays(12, 16, 4);
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
        new Story().KernelSays(99, 104, 4);
        Story created = new Story().KernelCreates(type, 12);
        Story refused = new Story().Call().Values(96).LibrarySays(12, 16, 4).Refuse(96, 512);

        Witness kernel = recorder.Stop().Request(refused.Id)!.Witnesses.Kernel;

        Assert.Equal((created.Id, (long?)stride, (long?)cpus, (long?)total), (kernel.RequestId, kernel.Stride, kernel.Cpus, kernel.Total));
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
