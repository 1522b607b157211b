using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Tests.Ex;

public sealed class ExPushLockTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly ExPushLock _lock;

    public ExPushLockTests()
    {
        _lock = new ExPushLock(_machine);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Readers_share_it()
    {
        using ParkingPlace parking = new();
        HostThread reader = HostThread.Run(() => _machine.RunOnProcessor(0, Irql.Passive, t =>
        {
            using PushLockScope held = _lock.AcquireShared(t);
            parking.Park();
        }));
        parking.WaitForArrival();
        _machine.RunOnProcessor(1, Irql.Passive, t => _lock.AcquireShared(t).Dispose());
        parking.Open();
        reader.Join();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_writer_is_alone(bool firstWrites, bool secondWrites)
    {
        List<string> order = [];
        using ParkingPlace parking = new();
        HostThread first = HostThread.Run(() => _machine.RunOnProcessor(0, Irql.Passive, t =>
        {
            using PushLockScope held = firstWrites ? _lock.AcquireExclusive(t) : _lock.AcquireShared(t);
            parking.Park();
            order.Add("first leaves");
        }));
        parking.WaitForArrival();
        HostThread second = HostThread.Run(() => _machine.RunOnProcessor(1, Irql.Apc, t =>
        {
            parking.Open();
            using PushLockScope held = secondWrites ? _lock.AcquireExclusive(t) : _lock.AcquireShared(t);
            order.Add("second is in");
        }));
        first.Join();
        second.Join();
        Assert.Equal(["first leaves", "second is in"], order);
    }

    [Fact]
    public void Acquiring_at_dispatch_level_stops_the_machine() => Assert.Equal(
        BugcheckCode.IrqlNotLessOrEqual,
        Stop.By(_machine, () => _machine.RunOnProcessor(0, Irql.Dispatch, t => _lock.AcquireShared(t).Dispose())).Code);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_writer_that_acquires_it_again_stops_the_machine(bool exclusive) => Assert.Equal(
        BugcheckCode.KernelSecurityCheckFailure,
        Stop.By(_machine, () => _machine.RunOnProcessor(0, Irql.Passive, t =>
        {
            using PushLockScope first = _lock.AcquireExclusive(t);
            using PushLockScope second = exclusive ? _lock.AcquireExclusive(t) : _lock.AcquireShared(t);
        })).Code);

    [Fact]
    public void Releasing_what_is_not_held_stops_the_machine() => Assert.Equal(
        BugcheckCode.SpinLockNotOwned,
        Stop.By(_machine, () => _machine.RunOnProcessor(0, Irql.Passive, t =>
        {
            PushLockScope held = _lock.AcquireExclusive(t);
            held.Dispose();
            held.Dispose();
        })).Code);

    [Fact]
    public void One_that_waits_for_it_runs_the_work_item_that_its_holder_waits_for()
    {
        KEvent done = new(_machine, manualReset: true);
        ExWorkItem item = new(_machine, _ => done.Set());
        using ParkingPlace parking = new();
        HostThread holder = HostThread.Run(() => _machine.RunOnProcessor(0, Irql.Passive, t =>
        {
            using PushLockScope held = _lock.AcquireExclusive(t);
            parking.Park();
            done.Wait(t, Timeout.InfiniteTimeSpan);
        }));
        parking.WaitForArrival();
        using KernelScope scope = _machine.EnterKernel();
        item.Queue(scope.Thread);
        parking.Open();
        _lock.AcquireShared(scope.Thread).Dispose();
        holder.Join();
        Assert.True(done.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_holds_it_runs_no_work_item_that_may_want_it_while_it_waits(bool exclusive)
    {
        int ran = 0;
        KEvent never = new(_machine, manualReset: true);
        ExWorkItem item = new(_machine, t =>
        {
            using PushLockScope held = _lock.AcquireExclusive(t);
            ran++;
        });
        using (KernelScope scope = _machine.EnterKernel())
        {
            item.Queue(scope.Thread);
            using (exclusive ? _lock.AcquireExclusive(scope.Thread) : _lock.AcquireShared(scope.Thread))
            {
                Assert.Equal(NtStatus.Timeout, never.Wait(scope.Thread, TimeSpan.FromMilliseconds(1)));
                Assert.Equal(0, ran);
            }
        }

        Assert.Equal(1, ran);
    }

    [Fact]
    public void One_that_waits_for_it_unwinds_when_the_machine_stops()
    {
        using ParkingPlace parking = new();
        HostThread holder = HostThread.Run(() => _machine.RunOnProcessor(0, Irql.Passive, t =>
        {
            using PushLockScope held = _lock.AcquireExclusive(t);
            parking.Park();
            _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure);
        }));
        parking.WaitForArrival();
        HostThread waiter = HostThread.Run(() => _machine.RunOnProcessor(1, Irql.Passive, t =>
        {
            parking.Open();
            _lock.AcquireShared(t).Dispose();
            _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure);
        }));
        Assert.Throws<BugcheckException>(holder.Join);
        Assert.Throws<BugcheckException>(waiter.Join);
    }
}
