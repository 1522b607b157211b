using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Tests.Ke;

public sealed unsafe class KLockedPointerTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot(new MachineOptions { Processors = 2 });
    private readonly KLockedPointer* _pointer = (KLockedPointer*)NativeMemory.AllocZeroed((nuint)sizeof(KLockedPointer));

    public void Dispose()
    {
        NativeMemory.Free(_pointer);
        _machine.Dispose();
    }

    [Fact]
    public void Its_pointer_is_read_whether_or_not_it_is_locked()
    {
        long first = 1;
        long second = 2;
        Assert.True(_pointer->Value == null);
        *_pointer = new KLockedPointer(&first);
        long* one = &first;
        long* two = &second;
        _machine.RunOnProcessor(1, Irql.Dispatch, current =>
        {
            Assert.True(_pointer->Acquire(current, LockRank.None) == one);
            Assert.True(_pointer->Value == one && _pointer->ValueIfFree == null);
            _pointer->Publish(current, two);
            Assert.True(_pointer->Value == two && _pointer->ValueIfFree == null);
            _pointer->Release(current, LockRank.None);
            Assert.True(_pointer->Value == two && _pointer->ValueIfFree == two);
        });
    }

    [Fact]
    public void Only_one_processor_holds_it()
    {
        const int Rounds = 20_000;
        long* counter = (long*)NativeMemory.AllocZeroed(sizeof(long));
        HostThread[] threads = [.. Enumerable.Range(0, 2).Select(cpu => HostThread.Run(() => _machine.RunOnProcessor(cpu, Irql.Dispatch, current =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                _pointer->Acquire(current, LockRank.None);
                *counter += 1;
                _pointer->Release(current, LockRank.None);
            }
        })))];
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(2 * Rounds, *counter);
        NativeMemory.Free(counter);
    }

    [Fact]
    public void Acquiring_it_below_dispatch_level_stops_the_machine() =>
        Assert.Equal(
            BugcheckCode.IrqlNotLessOrEqual,
            Stop.By(_machine, () => _machine.RunOnProcessor(0, Irql.Apc, current => _pointer->Acquire(current, LockRank.None))).Code);

    [Fact]
    public void Acquiring_it_twice_on_one_processor_stops_the_machine() =>
        Assert.Equal(
            BugcheckCode.SpinLockAlreadyOwned,
            Stop.By(_machine, () => _machine.RunOnProcessor(0, Irql.Dispatch, current =>
            {
                _pointer->Acquire(current, LockRank.None);
                _pointer->Acquire(current, LockRank.None);
            })).Code);

    [Fact]
    public void Releasing_it_where_it_is_not_held_stops_the_machine() =>
        Assert.Equal(
            BugcheckCode.SpinLockNotOwned,
            Stop.By(_machine, () => _machine.RunOnProcessor(1, Irql.Dispatch, current => _pointer->Release(current, LockRank.None))).Code);

    [Fact]
    public void Acquiring_it_out_of_order_stops_the_machine()
    {
        KSpinLock inner = new(LockRank.ForDriver(20, "inner"));
        BugcheckRecord stop = Stop.By(_machine, () => _machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            using SpinLockScope scope = inner.Acquire(current);
            _pointer->Acquire(current, LockRank.ForDriver(19, "outer"));
        }));
        Assert.Equal(BugcheckCode.DriverVerifierDetectedViolation, stop.Code);
    }
}
