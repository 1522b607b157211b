using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Samples.SampleExt;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.SampleExt;

/// <summary>What happens at the sample hook, once and in batches, and the contexts of test runs.</summary>
public sealed class SampleHookTests : IDisposable
{
    private readonly SampleExtLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_event_runs_the_program_on_its_processor_at_dispatch_level(int processor)
    {
        using BpfLink link = _lab.Module.Program("count").Attach();
        SampleProgramContext context = new() { Uint32Data = 77 };
        Assert.Equal(EbpfResult.Success, _lab.Driver.Invoke(processor, ref context, [], out uint result));
        Assert.Equal((77u, (uint)processor, (uint)Irql.Dispatch), (result, context.HelperData1, context.HelperData2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(0)]
    public void A_batch_runs_the_program_as_often_as_asked_on_the_same_data(int times)
    {
        using BpfLink link = _lab.Module.Program("count").Attach();
        SampleProgramContext context = default;
        byte[] data = [0, 9];
        Assert.Equal(EbpfResult.Success, _lab.Driver.Invoke(0, ref context, data, out _, times));
        Assert.Equal([(byte)times, 9], data);
        AssertNoPointers(context);
    }

    [Fact]
    public void A_batch_ends_at_the_first_run_that_is_refused()
    {
        using BpfLink link = _lab.Module.Program("count").Attach();
        SampleProgramContext context = default;
        _lab.Unload();
        _lab.Load();
        Assert.Equal(EbpfResult.Success, _lab.Driver.Invoke(0, ref context, new byte[1], out _, times: 3));
        link.Detach();
        byte[] data = [0];
        Assert.Equal(EbpfResult.KeyNotFound, _lab.Driver.Invoke(0, ref context, data, out uint result, times: 3));
        Assert.Equal((0, 0u), (data[0], result));
    }

    [Fact]
    public void A_program_is_chosen_by_the_bytes_that_it_was_attached_with_and_the_first_one_without()
    {
        using BpfLink first = _lab.Module.Program("count").Attach(data: [1]);
        using BpfLink second = _lab.Module.Program("constant").Attach(data: [1, 0]);
        Assert.Equal(9999u, Happen(1, 0));
        Assert.Equal(5u, Happen(1));
        Assert.Equal(5u, Happen());
        Assert.Null(Happen(2));
        Assert.Throws<BpfException>(() => _lab.Module.Program("find").Attach(data: [1]));
        first.Detach();
        Assert.Null(Happen(1));
        Assert.Equal(9999u, Happen());
    }

    [Fact]
    public void A_driver_that_is_not_loaded_has_no_events_and_its_links_wait_for_it()
    {
        using BpfLink link = _lab.Module.Program("count").Attach();
        _lab.Unload();
        Assert.Throws<InvalidOperationException>(() => Happen());
        Assert.Throws<BpfException>(() => _lab.Run("count", default, []));
        _lab.Load();
        Assert.Equal(5u, Happen());
    }

    [Fact]
    public void A_test_run_gets_data_and_context_back_without_pointers()
    {
        SampleProgramContext given = new() { Uint32Data = 3, Uint16Data = 4 };
        (uint result, SampleProgramContext left, byte[] data) = _lab.Run("count", given, [0, 7], repeat: 100);
        Assert.Equal((3u, (ushort)4, 1u, (uint)Irql.Dispatch), (result, left.Uint16Data, left.HelperData1, left.HelperData2));
        Assert.Equal([100, 7], data);
        AssertNoPointers(left);
    }

    [Fact]
    public void Data_come_back_whole_or_not_at_all()
    {
        Assert.Equal([1, 2, 3], _lab.Run("count", default, [0, 2, 3], dataRoom: 3).Data);
        Assert.Empty(_lab.Run("count", default, [0, 2, 3], dataRoom: 2).Data);
        Assert.Equal([1, 2, 3], _lab.Run("count", default, [0, 2, 3], dataRoom: 50).Data);
    }

    [Fact]
    public void A_test_run_wants_a_whole_context()
    {
        BpfProgram program = _lab.Module.Program("count");
        TestRun run = new() { Data = new byte[4], Context = new byte[SampleProgramContext.ByteCount - 1], ContextRoom = 64 };
        Assert.Throws<BpfException>(() => program.TestRun(run));
        Assert.Throws<BpfException>(() => program.TestRun(run with { Context = default }));
        Assert.Equal(0u, program.TestRun(run with { Context = new byte[SampleProgramContext.ByteCount] }).ReturnValue);
        Assert.Equal(0u, program.TestRun(run with { Context = new byte[SampleProgramContext.ByteCount + 9] }).ReturnValue);
    }

    /// <summary>What the program of a parameter answers; null when there is none.</summary>
    private uint? Happen(params byte[] parameter)
    {
        SampleProgramContext context = new() { Uint32Data = 5 };
        EbpfResult answer = _lab.Driver.Invoke(1, ref context, [], out uint result, attachParameter: parameter);
        return answer == EbpfResult.Success ? result : null;
    }

    private static unsafe void AssertNoPointers(SampleProgramContext context) =>
        Assert.True(context.DataStart == null && context.DataEnd == null);
}
