using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Ps;

/// <summary>What a call in progress holds, and what it does not.</summary>
public sealed class SystemCallTests : IDisposable
{
    private const uint Megabyte = 1 << 20;

    private readonly Machine _machine = Machine.Boot();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Memory_that_a_call_looks_at_outlives_the_machine_until_the_call_ends()
    {
        PsProcess process = _machine.Processes.Create();
        UserAddressSpace memory = process.Memory;
        ulong region = memory.AllocateRegion(64 * Megabyte, PageProtection.ReadWrite);
        Assert.True(process.Gate.BeginCall(out ulong call));
        Span<byte> view = memory.Access(region, 64 * Megabyte, MemoryAccess.Write, "test");

        _machine.Dispose();
        Assert.True(memory.TryAccess(region, 1, MemoryAccess.Write, "test", out _, out _));
        view.Fill(1);
        process.Gate.EndCall(call);
        Assert.False(memory.TryAccess(region, 1, MemoryAccess.Write, "test", out _, out _));
    }

    [Fact]
    public void A_program_cannot_end_the_kernel_s_call_under_a_request_id_of_its_own()
    {
        PsProcess process = _machine.Processes.Create();
        EchoUser user = new(process);
        ulong region = process.Memory.AllocateRegion(Megabyte, PageProtection.ReadWrite);
        long held = -1;
        TestDriver driver = new()
        {
            DeviceControl = (current, _, irp) =>
            {
                process.Gate.EndCall(irp.RequestId);
                process.Memory.FreeRegion(region);
                held = process.Memory.BytesHeldForCalls;
                return TestDriver.Complete(current, irp, NtStatus.Success);
            },
        };
        _machine.LoadDriver(driver, out _);
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        Assert.Equal(NtStatus.Success, user.Send(file, TestDriver.Code, [1], 0).Status);
        Assert.Equal(Megabyte, held);
        Assert.Equal(0, process.Memory.BytesHeldForCalls);
    }

    [Fact]
    public void A_call_that_waits_for_an_event_does_not_hold_what_is_freed_meanwhile()
    {
        PsProcess process = _machine.Processes.Create();
        Assert.Equal(NtStatus.Success, process.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle handle));
        long held = -1;
        ExWorkItem meanwhile = new(_machine, _ =>
        {
            process.Memory.Free(process.Memory.Allocate(Megabyte));
            held = process.Memory.BytesHeldForCalls;
            process.Handles.Reference(handle, out ExEvent? found);
            found!.Event.Set();
            found.Dereference();
        });
        using KernelScope scope = _machine.EnterKernel();
        meanwhile.Queue(scope.Thread);
        Assert.Equal(NtStatus.Success, process.Gate.NtWaitForSingleObject(0, handle, Timeout.InfiniteTimeSpan));
        Assert.Equal(0, held);
    }

    [Fact]
    public void A_call_that_waits_for_its_request_does_not_hold_what_is_freed_meanwhile()
    {
        PsProcess process = _machine.Processes.Create();
        EchoUser user = new(process);
        long held = -1;
        TestDriver driver = new()
        {
            DeviceControl = (current, _, irp) =>
            {
                irp.MarkPending();
                new ExWorkItem(_machine, later =>
                {
                    process.Memory.Free(process.Memory.Allocate(Megabyte));
                    held = process.Memory.BytesHeldForCalls;
                    TestDriver.Complete(later, irp, NtStatus.Success, 1);
                }).Queue(current);
                return NtStatus.Pending;
            },
        };
        _machine.LoadDriver(driver, out _);
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        Assert.Equal(NtStatus.Success, user.Send(file, TestDriver.Code, [7], 1).Status);
        Assert.Equal(0, held);
    }

    [Theory]
    [InlineData(Irql.Apc)]
    [InlineData(Irql.Dispatch)]
    public void A_system_call_above_passive_level_stops_the_machine(Irql irql)
    {
        PsProcess process = _machine.Processes.Create();
        BugcheckRecord stop = Stop.By(_machine, () => _machine.RunOnProcessor(
            0, irql, _ => process.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle _)));
        Assert.Equal(BugcheckCode.IrqlGtZeroAtSystemService, stop.Code);
        Assert.Equal((ulong)irql, stop.Parameters[1]);
    }

    [Fact]
    public void After_the_machine_is_disposed_a_process_ends_and_none_begins()
    {
        PsProcess process = _machine.Processes.Create();
        Stop.By(_machine, () => _machine.BugCheck(BugcheckCode.BadPoolCaller));
        _machine.Dispose();
        process.Terminate(NtStatus.Unsuccessful);
        Assert.Equal(NtStatus.Unsuccessful, process.ExitStatus);
        Assert.Throws<ObjectDisposedException>(() => _machine.Processes.Create());
    }

    [Fact]
    public void A_process_of_a_stopped_machine_can_be_ended_after_a_driver_dropped_one_reference_too_many()
    {
        PsProcess process = _machine.Processes.Create();
        EchoUser user = new(process);
        TestDriver driver = new()
        {
            DeviceControl = (current, _, irp) =>
            {
                FileObject file = irp.FileObject;
                NtStatus status = TestDriver.Complete(current, irp, NtStatus.Success);
                file.Dereference();
                return status;
            },
        };
        _machine.LoadDriver(driver, out _);
        user.Open(out NtHandle handle, name: TestDriver.DeviceName);
        user.Send(handle, TestDriver.Code, [1], 0);
        Assert.Equal(BugcheckCode.ReferenceByPointer, Stop.By(_machine, () => user.Send(handle, TestDriver.Code, [1], 0)).Code);
        process.Terminate(NtStatus.Success);
        Assert.True(process.HasExited);
    }
}
