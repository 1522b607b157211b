using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Tests.Ke;

public sealed class KEventTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Setting_and_clearing_say_what_it_was_before()
    {
        KEvent e = new(_machine, manualReset: true);
        Assert.False(e.State);
        Assert.False(e.Set());
        Assert.True(e.Set());
        Assert.True(e.State);
        Assert.True(e.Clear());
        Assert.False(e.Clear());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_notification_event_stays_signalled_and_a_synchronization_event_lets_one_pass(bool manualReset)
    {
        KEvent e = new(_machine, manualReset, initialState: true);
        using KernelScope scope = _machine.EnterKernel();
        Assert.Equal(NtStatus.Success, e.Wait(scope.Thread, TimeSpan.Zero));
        Assert.Equal(manualReset ? NtStatus.Success : NtStatus.Timeout, e.Wait(scope.Thread, TimeSpan.Zero));
    }

    [Fact]
    public void A_waiter_goes_on_when_another_thread_sets_it()
    {
        KEvent e = new(_machine, manualReset: false);
        NtStatus waited = NtStatus.Pending;
        HostThread waiter = HostThread.Run(() => _machine.RunOnProcessor(1, Irql.Passive, t => waited = e.Wait(t, Timeout.InfiniteTimeSpan)));
        e.Set();
        waiter.Join();
        Assert.Equal(NtStatus.Success, waited);
        Assert.False(e.State);
    }

    [Fact]
    public void A_wait_that_nobody_satisfies_times_out()
    {
        KEvent e = new(_machine, manualReset: false);
        using KernelScope scope = _machine.EnterKernel();
        Assert.Equal(NtStatus.Timeout, e.Wait(scope.Thread, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Waiting_at_dispatch_level_stops_the_machine()
    {
        KEvent e = new(_machine, manualReset: true, initialState: true);
        BugcheckRecord stop = Stop.By(
            _machine, () => _machine.RunOnProcessor(0, Irql.Dispatch, t => e.Wait(t, Timeout.InfiniteTimeSpan)));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }

    [Fact]
    public void Looking_without_waiting_is_allowed_at_dispatch_level()
    {
        KEvent e = new(_machine, manualReset: true);
        NtStatus seen = NtStatus.Success;
        _machine.RunOnProcessor(0, Irql.Dispatch, t => seen = e.Wait(t, TimeSpan.Zero));
        Assert.Equal(NtStatus.Timeout, seen);
    }

    [Fact]
    public void A_thread_that_has_to_wait_runs_the_work_items_first()
    {
        KEvent e = new(_machine, manualReset: true);
        using KernelScope scope = _machine.EnterKernel();
        new ExWorkItem(_machine, _ => e.Set()).Queue(scope.Thread);
        Assert.Equal(NtStatus.Success, e.Wait(scope.Thread, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void A_waiter_unwinds_when_the_machine_stops()
    {
        KEvent never = new(_machine, manualReset: true);
        using ParkingPlace parking = new();
        HostThread waiter = HostThread.Run(() => _machine.RunOnProcessor(1, Irql.Passive, t =>
        {
            parking.Park();
            never.Wait(t, Timeout.InfiniteTimeSpan);
        }));
        parking.WaitForArrival();
        Assert.Throws<BugcheckException>(() => _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure));
        parking.Open();
        Assert.Throws<BugcheckException>(waiter.Join);
    }

    [Fact]
    public void A_semaphore_lets_as_many_pass_as_were_let_in()
    {
        KSemaphore semaphore = new(_machine, count: 1, limit: 3);
        using KernelScope scope = _machine.EnterKernel();
        Assert.Equal(NtStatus.Success, semaphore.Wait(scope.Thread, TimeSpan.Zero));
        Assert.Equal(NtStatus.Timeout, semaphore.Wait(scope.Thread, TimeSpan.Zero));
        Assert.True(semaphore.TryRelease(2, out int before));
        Assert.Equal(0, before);
        Assert.Equal(2, semaphore.State);
        Assert.False(semaphore.TryRelease(2, out before));
        Assert.Equal(2, before);
        Assert.Equal(2, semaphore.State);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    public void A_semaphore_of_impossible_counts_is_refused(int count, int limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KSemaphore(_machine, count, limit));
}
