using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Tests.Ke;

public sealed unsafe class KSpinLockTests
{
    private KSpinLock _lock;
    private KSpinLock _other;

    [Fact]
    public void Holding_one_means_dispatch_level()
    {
        using Machine machine = Machine.Boot();
        using KernelScope scope = machine.EnterKernel();
        using (_lock.Acquire(scope.Thread))
        {
            Assert.Equal(Irql.Dispatch, scope.Thread.Irql);
        }

        Assert.Equal(Irql.Passive, scope.Thread.Irql);
    }

    [Theory]
    [InlineData(Irql.Apc)]
    [InlineData(Irql.Dispatch)]
    [InlineData(Irql.High)]
    public void Releasing_restores_the_level_before(Irql irql)
    {
        using Machine machine = Machine.Boot();
        machine.RunOnProcessor(0, irql, current =>
        {
            _lock.Acquire(current).Dispose();
            Assert.Equal(irql, current.Irql);
        });
    }

    [Fact]
    public void Nested_locks_lower_with_the_outermost()
    {
        using Machine machine = Machine.Boot();
        using KernelScope scope = machine.EnterKernel();
        using (_lock.Acquire(scope.Thread))
        {
            using (_other.Acquire(scope.Thread))
            {
            }

            Assert.Equal(Irql.Dispatch, scope.Thread.Irql);
        }

        Assert.Equal(Irql.Passive, scope.Thread.Irql);
    }

    [Fact]
    public void Zeroed_native_memory_is_a_free_lock()
    {
        using Machine machine = Machine.Boot();
        KSpinLock* native = (KSpinLock*)NativeMemory.AllocZeroed((nuint)sizeof(KSpinLock));
        using (KernelScope scope = machine.EnterKernel())
        {
            using (native->Acquire(scope.Thread))
            {
                Assert.NotEqual(0, *(int*)native);
            }

            Assert.Equal(0, *(int*)native);
        }

        NativeMemory.Free(native);
    }

    [Fact]
    public void Acquiring_twice_on_one_processor_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(1, Irql.Passive, current =>
        {
            using SpinLockScope first = _lock.Acquire(current);
            using SpinLockScope second = _lock.Acquire(current);
        }));
        Assert.Equal(BugcheckCode.SpinLockAlreadyOwned, stop.Code);
        Assert.Contains("1 spin locks held", stop.Processors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Releasing_what_is_not_held_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            SpinLockScope scope = _lock.Acquire(current);
            scope.Dispose();
            scope.Dispose();
        }));
        Assert.Equal(BugcheckCode.SpinLockNotOwned, stop.Code);
    }

    [Fact]
    public void Lowering_below_the_level_of_a_lock_that_is_held_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            SpinLockScope outer = _lock.Acquire(current);
            SpinLockScope inner = _other.Acquire(current);
            outer.Dispose();
            inner.Dispose();
        }));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }

    [Fact]
    public void Processors_exclude_each_other()
    {
        const int Rounds = 20_000;
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 3 });
        long counter = 0;
        HostThread[] threads = [.. Enumerable.Range(0, 3).Select(cpu => HostThread.Run(() => machine.RunOnProcessor(cpu, Irql.Passive, current =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                using SpinLockScope held = _lock.Acquire(current);
                counter++;
            }
        })))];
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(threads.Length * Rounds, counter);
    }

    [Fact]
    public void One_that_spins_while_the_machine_stops_unwinds()
    {
        using Machine machine = Machine.Boot();
        using ParkingPlace parking = new();
        HostThread holder = HostThread.Run(() => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            using SpinLockScope held = _lock.Acquire(current);
            parking.Park();
            machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure);
        }));
        parking.WaitForArrival();
        HostThread spinner = HostThread.Run(() => machine.RunOnProcessor(1, Irql.Passive, current =>
        {
            parking.Open();
            using SpinLockScope held = _lock.Acquire(current);
            machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, 1);
        }));
        Assert.Throws<BugcheckException>(holder.Join);
        Assert.Throws<BugcheckException>(spinner.Join);
    }
}
