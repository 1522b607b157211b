using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Tests.Ke;

public sealed class LockOrderTests
{
    private static readonly LockRank s_outer = LockRank.ForDriver(3, "outer table");
    private static readonly LockRank s_inner = LockRank.ForDriver(5, "inner table");
    private KSpinLock _outer = new(s_outer);
    private KSpinLock _inner = new(s_inner);

    [Fact]
    public void Tests_check_the_order() => Assert.True(LockOrder.IsChecked, $"The option {LockOrder.Switch} of the test project is not on.");

    [Fact]
    public void Locks_are_acquired_in_the_order_of_their_ranks()
    {
        using Machine machine = Machine.Boot();
        machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            using SpinLockScope outer = _outer.Acquire(current);
            using SpinLockScope inner = _inner.Acquire(current);
        });
        Assert.Null(machine.StopRecord);
    }

    [Fact]
    public void Acquiring_an_outer_lock_under_an_inner_one_stops_the_machine_and_names_both()
    {
        using Machine machine = Machine.Boot();
        machine.LoadDriver(new TestDriver(), out DriverObject? driver);
        driver!.LockRanks = [s_outer, s_inner];
        BugcheckException stop = Assert.Throws<BugcheckException>(() => machine.RunOnProcessor(1, Irql.Passive, current =>
        {
            using SpinLockScope inner = _inner.Acquire(current);
            using SpinLockScope outer = _outer.Acquire(current);
        }));
        Assert.Equal(BugcheckCode.DriverVerifierDetectedViolation, stop.Record.Code);
        Assert.Equal([0x1001, 3, 5, 1], stop.Record.Parameters);
        Assert.Equal("Lock 'outer table' (rank 3) was acquired while 'inner table' (rank 5) was held; ranks must ascend.", stop.Record.Detail);
        Assert.Contains("'outer table' (rank 3)", stop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranks_that_no_loaded_driver_names_are_reported_by_number()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            using SpinLockScope inner = _inner.Acquire(current);
            using SpinLockScope outer = _outer.Acquire(current);
        }));
        Assert.Equal("Lock of rank 3 was acquired while one of rank 5 was held; ranks must ascend.", stop.Detail);
    }

    [Fact]
    public void Two_locks_of_one_rank_are_not_held_together()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            KSpinLock other = new(s_inner);
            using SpinLockScope one = _inner.Acquire(current);
            using SpinLockScope two = other.Acquire(current);
        }));
        Assert.Equal([0x1001, 5, 5, 0], stop.Parameters);
    }

    [Fact]
    public void The_innermost_acquisition_is_compared_with_every_lock_that_is_held()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            KSpinLock unranked = default;
            KSpinLock leaf = new(LockRank.DriverLeaf);
            using SpinLockScope inner = _inner.Acquire(current);
            using SpinLockScope free = unranked.Acquire(current);
            leaf.Acquire(current).Dispose();
            using SpinLockScope outer = _outer.Acquire(current);
        }));
        Assert.Equal([0x1001, 3, 5, 0], stop.Parameters);
    }

    [Fact]
    public void A_released_lock_no_longer_counts()
    {
        using Machine machine = Machine.Boot();
        machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            _inner.Acquire(current).Dispose();
            _outer.Acquire(current).Dispose();
        });
        Assert.Null(machine.StopRecord);
    }

    [Fact]
    public void Locks_without_a_rank_nest_in_any_order()
    {
        KSpinLock unranked = default;
        using Machine machine = Machine.Boot();
        machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            using (_inner.Acquire(current))
            {
                unranked.Acquire(current).Dispose();
            }

            using SpinLockScope scope = unranked.Acquire(current);
            _outer.Acquire(current).Dispose();
        });
        Assert.Null(machine.StopRecord);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Push_locks_have_ranks_too(bool exclusive)
    {
        using Machine machine = Machine.Boot();
        ExPushLock outer = new(machine, s_outer);
        ExPushLock inner = new(machine, s_inner);
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            using (outer.AcquireShared(current))
            {
                inner.AcquireExclusive(current).Dispose();
            }

            using PushLockScope held = exclusive ? inner.AcquireExclusive(current) : inner.AcquireShared(current);
            using PushLockScope wrong = outer.AcquireShared(current);
        }));
        Assert.Equal([0x1001, 3, 5, 0], stop.Parameters);
    }

    [Fact]
    public void A_thread_that_spins_for_a_lock_out_of_order_does_not_deadlock()
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 2 });
        using ParkingPlace parking = new();
        HostThread other = HostThread.Run(() => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            using SpinLockScope outer = _outer.Acquire(current);
            parking.Park();
            using SpinLockScope inner = _inner.Acquire(current);
        }));
        parking.WaitForArrival();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(1, Irql.Passive, current =>
        {
            using SpinLockScope inner = _inner.Acquire(current);
            using SpinLockScope outer = _outer.Acquire(current);
        }));
        Assert.Equal([0x1001, 3, 5, 1], stop.Parameters);
        parking.Open();
        other.Join();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(LockRank.LastOfDrivers + 1)]
    public void A_rank_beyond_those_of_drivers_is_refused(int number)
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => LockRank.ForDriver(number, "table"));
        Assert.Contains($"Rank {number} was given for 'table'; a driver's ranks are 1 to 46.", refusal.Message, StringComparison.Ordinal);
    }
}
