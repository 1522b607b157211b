using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Tests.Ex;

/// <summary>A work item can wait for something that the thread which let it run will do later.</summary>
public sealed class SystemWorkerTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly List<string> _ran = [];

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_thread_that_lets_an_item_run_returns_from_its_wait_while_the_item_still_waits()
    {
        KEvent first = new(_machine, manualReset: true);
        KEvent second = new(_machine, manualReset: true);
        Within("the wait during which the item waits", () =>
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
    public void An_item_that_never_stops_polling_is_reported_at_shutdown_and_unwinds()
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
    public void An_item_acquires_the_push_lock_that_the_waiting_thread_holds_after_it_was_released()
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
    public void An_item_that_waits_for_rundown_continues_when_the_last_reference_is_released()
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
    public void A_thread_leaves_the_kernel_while_two_items_signal_each_other_endlessly()
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
    public void A_timed_wait_of_an_item_ends_without_a_thread_in_the_kernel()
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

        ended.WaitFor("the end of a wait of 1 ms");
        Assert.Equal(NtStatus.Timeout, waited);
    }

    [Fact]
    public void An_item_with_NeverWaits_runs_on_the_calling_thread_and_bugchecks_when_it_waits()
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
    public void Shutdown_reports_an_item_that_waits_forever_and_does_not_hang()
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
    public void A_driver_whose_unload_routine_waits_for_that_of_an_older_driver_is_unloaded_at_shutdown()
    {
        KEvent gone = new(_machine, manualReset: true);
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new Driver("older", _ => gone.Set()), out _));
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new Driver("newer", t => gone.Wait(t, Timeout.InfiniteTimeSpan)), out _));
        Within("shutting down", () => Assert.Empty(_machine.Shutdown().Leaks));
    }

    /// <summary>Runs code that must not hang, on a thread that can be abandoned.</summary>
    private static void Within(string what, Action code) => HostThread.Run(code).Join(what);

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
