using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Tests.Ex;

public sealed class ExRundownTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly ExRundown _rundown;

    public ExRundownTests()
    {
        _rundown = new ExRundown(_machine);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Rundown_waits_for_those_inside_and_lets_nobody_in_meanwhile()
    {
        List<string> order = [];
        Assert.True(_rundown.TryAcquire());
        Assert.True(_rundown.TryAcquire());
        HostThread runner = HostThread.Run(() => _machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            _rundown.WaitForRelease(current);
            order.Add("run down");
        }));
        while (_rundown.TryAcquire())
        {
            _rundown.Release();
        }

        _rundown.Release();
        order.Add("last one leaves");
        _rundown.Release();
        runner.Join();
        Assert.Equal(["last one leaves", "run down"], order);
        Assert.False(_rundown.TryAcquire());
    }

    [Fact]
    public void With_nobody_inside_there_is_nothing_to_wait_for()
    {
        _machine.RunOnProcessor(0, Irql.Passive, _rundown.WaitForRelease);
        _machine.RunOnProcessor(0, Irql.Passive, _rundown.WaitForRelease);
        Assert.False(_rundown.TryAcquire());
    }

    [Fact]
    public void It_opens_again_when_it_is_initialized_again()
    {
        _machine.RunOnProcessor(0, Irql.Passive, _rundown.WaitForRelease);
        _rundown.Reinitialize();
        Assert.True(_rundown.TryAcquire());
        _rundown.Release();
    }

    [Fact]
    public void Releasing_what_was_not_acquired_stops_the_machine() =>
        Assert.Equal(BugcheckCode.ReferenceByPointer, Stop.By(_machine, _rundown.Release).Code);

    [Fact]
    public void Initializing_again_what_is_not_run_down_stops_the_machine() =>
        Assert.Equal(BugcheckCode.KernelSecurityCheckFailure, Stop.By(_machine, _rundown.Reinitialize).Code);

    [Fact]
    public void Waiting_at_dispatch_level_stops_the_machine() => Assert.Equal(
        BugcheckCode.IrqlNotLessOrEqual,
        Stop.By(_machine, () => _machine.RunOnProcessor(0, Irql.Dispatch, _rundown.WaitForRelease)).Code);
}
