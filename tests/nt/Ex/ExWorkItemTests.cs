using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Ex;

public sealed class ExWorkItemTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly List<string> _ran = [];

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void It_runs_at_passive_level_for_the_system_when_the_thread_leaves_the_kernel()
    {
        PsProcess process = _machine.Processes.Create();
        using (KernelScope outer = _machine.EnterKernel(process))
        {
            outer.Thread.RequestId = 9;
            using (KernelScope inner = _machine.EnterKernel())
            {
                using IrqlScope raised = inner.Thread.RaiseIrql(Irql.Dispatch);
                Assert.True(Item("a").Queue(inner.Thread));
            }

            Assert.Empty(_ran);
        }

        Assert.Equal(["a Passive  9"], _ran);
    }

    [Fact]
    public void What_it_refuses_is_told_to_the_process_whose_request_it_carries_on_and_to_nobody_else()
    {
        PsProcess process = _machine.Processes.Create();
        PsProcess other = _machine.Processes.Create();
        using (KernelScope scope = _machine.EnterKernel(process))
        {
            scope.Thread.RequestId = 9;
            new ExWorkItem(_machine, t => t.Require(false, CheckTable.TestRunCpu, "test", 5, 3)).Queue(scope.Thread);
        }

        Assert.True(process.Gate.TryGetRefusal(9, out CheckRefusal refusal));
        Assert.Equal((CheckTable.TestRunCpu.Number, 5L, 3L), (refusal.Check, refusal.Given, refusal.Expected));
        Assert.False(other.Gate.TryGetRefusal(9, out _));
    }

    [Fact]
    public void Those_queued_run_in_order_and_so_do_those_that_they_queue()
    {
        using (KernelScope scope = _machine.EnterKernel())
        {
            new ExWorkItem(_machine, t => Item("c").Queue(t)).Queue(scope.Thread);
            Item("a").Queue(scope.Thread);
            Item("b").Queue(scope.Thread);
        }

        Assert.Equal(["a Passive  0", "b Passive  0", "c Passive  0"], _ran);
    }

    [Fact]
    public void One_that_is_queued_is_not_queued_again_until_it_runs()
    {
        ExWorkItem item = Item("a");
        using (KernelScope scope = _machine.EnterKernel())
        {
            Assert.True(item.Queue(scope.Thread));
            Assert.False(item.Queue(scope.Thread));
        }

        using (KernelScope scope = _machine.EnterKernel())
        {
            Assert.True(item.Queue(scope.Thread));
        }

        Assert.Equal(2, _ran.Count);
    }

    [Fact]
    public void What_a_timer_s_DPC_queues_has_run_when_the_clock_has_moved()
    {
        KDpc dpc = new(_machine, t => Item("a").Queue(t));
        new KTimer(_machine).Set(TimeSpan.FromSeconds(1), dpc, 2);
        _machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_ran);
    }

    [Fact]
    public void One_that_throws_stops_the_machine_with_what_it_threw()
    {
        InvalidOperationException thrown = new("broken");
        BugcheckRecord stop = Stop.By(_machine, () =>
        {
            using KernelScope scope = _machine.EnterKernel();
            new ExWorkItem(_machine, _ => throw thrown).Queue(scope.Thread);
        });
        Assert.Equal(BugcheckCode.KmodeExceptionNotHandled, stop.Code);
        Assert.Same(thrown, stop.Cause);
    }

    [Fact]
    public void One_that_comes_back_above_passive_level_stops_the_machine()
    {
        BugcheckRecord stop = Stop.By(_machine, () =>
        {
            using KernelScope scope = _machine.EnterKernel();
            new ExWorkItem(_machine, t => t.RaiseIrql(Irql.Dispatch)).Queue(scope.Thread);
        });
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }

    [Fact]
    public void One_that_always_queues_itself_runs_once_a_stay_and_keeps_nobody_in_the_kernel()
    {
        ExWorkItem? item = null;
        item = new ExWorkItem(_machine, t =>
        {
            _ran.Add("again");
            item!.Queue(t);
        });
        using (KernelScope scope = _machine.EnterKernel())
        {
            item.Queue(scope.Thread);
            Item("other").Queue(scope.Thread);
        }

        Assert.Equal(["again", "other Passive  0"], _ran);
        _machine.EnterKernel().Dispose();
        Assert.Equal(["again", "other Passive  0", "again"], _ran);
    }

    [Fact]
    public void One_that_always_queues_itself_keeps_no_wait_that_is_over()
    {
        KEvent third = new(_machine, manualReset: true);
        ExWorkItem? item = null;
        item = new ExWorkItem(_machine, t =>
        {
            _ran.Add("again");
            item!.Queue(t);
            if (_ran.Count == 3)
            {
                third.Set();
            }
        });
        using KernelScope scope = _machine.EnterKernel();
        item.Queue(scope.Thread);
        Assert.Equal(NtStatus.Success, third.Wait(scope.Thread, LimitedWaits.Limit));
        Assert.Equal(3, _ran.Count);
    }

    private ExWorkItem Item(string name) => new(_machine, t => _ran.Add($"{name} {t.Irql} {t.Process?.Id} {t.RequestId}"));
}
