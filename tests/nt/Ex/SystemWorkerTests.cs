using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Tests.Ex;

/// <summary>A work item may wait for whatever the thread that gave it its turn has still to do.</summary>
public sealed class SystemWorkerTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Machine _machine = Machine.Boot();
    private readonly List<string> _ran = [];

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void An_item_that_waits_for_what_comes_after_the_wait_does_not_keep_the_waiter()
    {
        KEvent first = new(_machine, manualReset: true);
        KEvent second = new(_machine, manualReset: true);
        Within("the wait inside of which the item waits", () =>
        {
            using KernelScope scope = _machine.EnterKernel();
            Waiter(second, "late").Queue(scope.Thread);
            new ExWorkItem(_machine, _ => first.Set()).Queue(scope.Thread);
            Assert.Equal(NtStatus.Success, first.Wait(scope.Thread, Timeout.InfiniteTimeSpan));
            Assert.Empty(_ran);
            second.Set();
        });
        Assert.Equal(["late"], _ran);
    }

    [Fact]
    public void An_item_that_polls_for_ever_is_reported_at_shutdown_and_unwinds()
    {
        KEvent never = new(_machine, manualReset: true);
        Within("the shutdown of a machine with an item that polls", () =>
        {
            using (KernelScope scope = _machine.EnterKernel())
            {
                new ExWorkItem(_machine, t =>
                {
                    while (never.Wait(t, TimeSpan.FromMilliseconds(5)) == NtStatus.Timeout)
                    {
                    }
                })
                {
                    Name = "poller",
                }.Queue(scope.Thread);
            }

            Assert.Contains(_machine.Shutdown().Leaks, l => l is "work item 'poller': still waits" or "1 work items: still running");
            _machine.Dispose();
        });
    }

    [Fact]
    public void An_item_that_wants_the_push_lock_of_the_waiter_gets_it_after_that_one()
    {
        ExPushLock pushLock = new(_machine);
        KEvent done = new(_machine, manualReset: true);
        Within("a wait with a push lock held", () =>
        {
            using KernelScope scope = _machine.EnterKernel();
            using PushLockScope held = pushLock.AcquireExclusive(scope.Thread);
            new ExWorkItem(_machine, t =>
            {
                using PushLockScope second = pushLock.AcquireExclusive(t);
                _ran.Add("locked");
            }).Queue(scope.Thread);
            new ExWorkItem(_machine, _ => done.Set()).Queue(scope.Thread);
            done.Wait(scope.Thread, Timeout.InfiniteTimeSpan);
            Assert.Empty(_ran);
        });
        Assert.Equal(["locked"], _ran);
    }

    [Fact]
    public void An_item_that_runs_down_what_the_waiter_uses_goes_on_when_that_one_releases_it()
    {
        ExRundown rundown = new(_machine);
        Assert.True(rundown.TryAcquire());
        Within("leaving the kernel", () =>
        {
            using KernelScope scope = _machine.EnterKernel();
            new ExWorkItem(_machine, t =>
            {
                rundown.WaitForRelease(t);
                _ran.Add("run down");
            }).Queue(scope.Thread);
        });
        Assert.Empty(_ran);
        rundown.Release();
        Assert.Equal(["run down"], _ran);
    }

    [Fact]
    public void Two_items_that_signal_each_other_for_ever_keep_no_thread_in_the_kernel()
    {
        KEvent[] turns = [new(_machine, manualReset: false, initialState: true), new(_machine, manualReset: false)];
        Within("leaving the kernel", () =>
        {
            using KernelScope scope = _machine.EnterKernel();
            for (int i = 0; i < 2; i++)
            {
                int mine = i;
                new ExWorkItem(_machine, t =>
                {
                    while (turns[mine].Wait(t, Timeout.InfiniteTimeSpan).IsSuccess)
                    {
                        turns[1 - mine].Set();
                    }
                }).Queue(scope.Thread);
            }
        });
    }

    [Fact]
    public void A_wait_of_an_item_that_has_a_time_ends_by_itself()
    {
        KEvent never = new(_machine, manualReset: true);
        NtStatus waited = NtStatus.Success;
        using ManualResetEventSlim ended = new();
        using (KernelScope scope = _machine.EnterKernel())
        {
            new ExWorkItem(_machine, t =>
            {
                waited = never.Wait(t, TimeSpan.FromMilliseconds(1));
                ended.Set();
            }).Queue(scope.Thread);
        }

        Assert.True(ended.Wait(s_limit, TestContext.Current.CancellationToken), "the wait of 1 ms has not ended");
        Assert.Equal(NtStatus.Timeout, waited);
    }

    [Fact]
    public void An_item_that_never_waits_runs_on_the_thread_that_gives_its_turn_and_a_wait_in_it_stops_the_machine()
    {
        KEvent e = new(_machine, manualReset: true, initialState: true);
        KeThread? ranOn = null;
        using (KernelScope scope = _machine.EnterKernel())
        {
            new ExWorkItem(_machine, t => ranOn = t) { NeverWaits = true }.Queue(scope.Thread);
        }

        using (KernelScope scope = _machine.EnterKernel())
        {
            Assert.Same(scope.Thread, ranOn);
        }

        BugcheckRecord stop = Stop.By(_machine, () =>
        {
            using KernelScope scope = _machine.EnterKernel();
            new ExWorkItem(_machine, t => e.Wait(t, Timeout.InfiniteTimeSpan)) { NeverWaits = true }.Queue(scope.Thread);
        });
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }

    [Fact]
    public void Shutting_down_reports_an_item_that_waits_for_ever_and_hangs_on_nothing()
    {
        KEvent never = new(_machine, manualReset: true);
        using (KernelScope scope = _machine.EnterKernel())
        {
            Waiter(never, "never").Queue(scope.Thread);
        }

        Within("shutting down", () => Assert.Contains("still waits", Assert.Single(_machine.Shutdown().Leaks), StringComparison.Ordinal));
        Within("disposing", _machine.Dispose);
        Assert.Empty(_ran);
    }

    [Fact]
    public void A_driver_whose_unloading_waits_for_an_older_one_s_goes_with_it()
    {
        KEvent gone = new(_machine, manualReset: true);
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new Driver("older", _ => gone.Set()), out _));
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new Driver("newer", t => gone.Wait(t, Timeout.InfiniteTimeSpan)), out _));
        Within("shutting down", () => Assert.Empty(_machine.Shutdown().Leaks));
    }

    private static void Within(string what, Action code) =>
        Assert.True(HostThread.Run(code).Join(s_limit), $"{what} came to no end");

    private ExWorkItem Waiter(KEvent e, string name) => new(_machine, t =>
    {
        e.Wait(t, Timeout.InfiniteTimeSpan);
        _ran.Add(name);
    });

    private sealed class Driver(string name, Action<KeThread> unload) : IDriver
    {
        public string Name => name;

        public NtStatus DriverEntry(KeThread current, DriverObject driver)
        {
            driver.Unload = _ => unload(KeThread.Current);
            return NtStatus.Success;
        }
    }
}
