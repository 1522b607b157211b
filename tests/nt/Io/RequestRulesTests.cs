using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Io;

/// <summary>What a driver may not do with a request, each with the bugcheck that it ends in.</summary>
public sealed class RequestRulesTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Completing_twice() => Breaks(BugcheckCode.MultipleIrpCompleteRequests, (current, _, irp) =>
    {
        TestDriver.Complete(current, irp, NtStatus.Success);
        return TestDriver.Complete(current, irp, NtStatus.Success);
    });

    [Fact]
    public void Completing_with_a_cancel_routine_set() => Breaks(BugcheckCode.CancelStateInCompletedIrp, (current, _, irp) =>
    {
        irp.SetCancelRoutine((_, _) => { });
        return TestDriver.Complete(current, irp, NtStatus.Success);
    });

    [Fact]
    public void Completing_as_pending() => Breaks(
        BugcheckCode.DriverVerifierDetectedViolation, (current, _, irp) => TestDriver.Complete(current, irp, NtStatus.Pending));

    [Theory]
    [InlineData(0u)]
    [InlineData(0x80000005u)]
    public void Completing_with_more_bytes_than_the_caller_has_room_for(uint status)
    {
        Breaks(
            BugcheckCode.DriverVerifierDetectedViolation, (current, _, irp) => TestDriver.Complete(current, irp, new NtStatus(status), 2));
        Assert.Equal<ulong>([4, 2, 1], [_machine.StopRecord!.Parameters[0], _machine.StopRecord.Parameters[2], _machine.StopRecord.Parameters[3]]);
    }

    [Fact]
    public void Returning_pending_without_marking() => Breaks(
        BugcheckCode.DriverVerifierDetectedViolation, (_, _, _) => NtStatus.Pending);

    [Fact]
    public void Marking_pending_and_returning_something_else() => Breaks(BugcheckCode.DriverVerifierDetectedViolation, (current, _, irp) =>
    {
        irp.MarkPending();
        return TestDriver.Complete(current, irp, NtStatus.Success);
    });

    [Fact]
    public void Neither_completing_nor_pending() => Breaks(
        BugcheckCode.DriverVerifierDetectedViolation, (_, _, _) => NtStatus.Success);

    [Fact]
    public void Completing_above_dispatch_level() => Breaks(BugcheckCode.IrqlNotLessOrEqual, (current, _, irp) =>
    {
        using IrqlScope raised = current.RaiseIrql(Irql.High);
        return TestDriver.Complete(current, irp, NtStatus.Success);
    });

    [Fact]
    public void Returning_at_a_raised_level() => Breaks(BugcheckCode.IrqlGtZeroAtSystemService, (current, _, irp) =>
    {
        TestDriver.Complete(current, irp, NtStatus.Success);
        current.RaiseIrql(Irql.Dispatch);
        return NtStatus.Success;
    });

    [Fact]
    public void Waiting_at_dispatch_level() => Breaks(BugcheckCode.IrqlNotLessOrEqual, (current, _, irp) =>
    {
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        new KEvent(current.Machine, manualReset: true).Wait(current, Timeout.InfiniteTimeSpan);
        return TestDriver.Complete(current, irp, NtStatus.Success);
    });

    [Fact]
    public void Completing_a_request_that_is_over()
    {
        Irp? old = null;
        Breaks(BugcheckCode.MultipleIrpCompleteRequests, (current, _, irp) =>
        {
            if (old is not null)
            {
                TestDriver.Complete(current, old, NtStatus.Success);
            }

            old = irp;
            return TestDriver.Complete(current, irp, NtStatus.Success);
        });
    }

    [Fact]
    public void Unloading_with_a_request_outstanding()
    {
        TestDriver driver = new()
        {
            DeviceControl = (_, _, irp) =>
            {
                irp.MarkPending();
                return NtStatus.Pending;
            },
        };
        _machine.LoadDriver(driver, out _);
        EchoUser user = new(_machine.Processes.Create());
        user.Open(out NtHandle file, CreateFileOptions.None, TestDriver.DeviceName);
        Assert.Equal(NtStatus.Pending, user.Send(file, TestDriver.Code, [1], 0).Status);
        ShutdownReport report = _machine.Shutdown();
        Assert.Equal(BugcheckCode.DriverUnloadedWithoutCancelling, _machine.StopRecord!.Code);
        Assert.StartsWith("bugcheck 0xCE", report.Leaks[0], StringComparison.Ordinal);
        Assert.Contains("pool 'IoSB': 1 blocks, 1 bytes", report.Leaks);
    }

    private void Breaks(BugcheckCode code, DriverDispatch dispatch)
    {
        _machine.LoadDriver(new TestDriver { DeviceControl = dispatch }, out _);
        EchoUser user = new(_machine.Processes.Create());
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        Assert.Equal(code, Stop.By(_machine, () =>
        {
            user.Send(file, TestDriver.Code, [1], 1);
            user.Send(file, TestDriver.Code, [1], 1);
        }).Code);
    }
}
