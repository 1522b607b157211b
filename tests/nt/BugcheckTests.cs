using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests;

public sealed class BugcheckTests
{
    [Fact]
    public void The_record_says_what_each_processor_was_doing()
    {
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create(new ProcessOptions { Name = "victim.exe" });
        using ParkingPlace parking = new();
        HostThread other = HostThread.Run(() => machine.RunOnProcessor(2, Irql.Dispatch, _ => parking.Park()));
        parking.WaitForArrival();
        BugcheckRecord stop = Stop.By(machine, () =>
        {
            using KernelScope scope = machine.EnterKernel(process, 1);
            scope.Thread.RequestId = 42;
            machine.BugCheck(BugcheckCode.DriverVerifierDetectedViolation, 1, 2, 3, 4);
        });
        parking.Open();
        other.Join();

        Assert.Equal(BugcheckCode.DriverVerifierDetectedViolation, stop.Code);
        Assert.Equal([1ul, 2, 3, 4], stop.Parameters);
        Assert.Equal(
            [
                "CPU 0: idle",
                $"CPU 1: Passive level, process {process.Id} (victim.exe), request 42, 0 spin locks held",
                "CPU 2: Dispatch level, system, request 0, 0 spin locks held",
                "CPU 3: idle",
            ],
            stop.Processors);
    }

    [Fact]
    public void Callbacks_are_called_once_before_anything_unwinds_even_if_one_throws()
    {
        using Machine machine = Machine.Boot();
        List<string> called = [];
        bool hasUnwound = false;
        machine.RegisterBugCheckCallback(_ => throw new InvalidOperationException("a callback's own fault"));
        machine.RegisterBugCheckCallback(record => called.Add($"{record.Code}, unwound: {hasUnwound}, stopped: {machine.StopRecord == record}"));

        Stop.By(machine, () =>
        {
            try
            {
                machine.BugCheck(BugcheckCode.BadPoolCaller);
            }
            finally
            {
                hasUnwound = true;
            }
        });
        Assert.Throws<BugcheckException>(() => machine.BugCheck(BugcheckCode.ReferenceByPointer));

        Assert.Equal(["BadPoolCaller, unwound: False, stopped: True"], called);
    }

    [Fact]
    public void The_first_stop_is_the_one_that_counts()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord first = Stop.By(machine, () => machine.BugCheck(BugcheckCode.BadPoolCaller));
        BugcheckException second = Assert.Throws<BugcheckException>(() => machine.BugCheck(BugcheckCode.ReferenceByPointer));
        Assert.Same(first, second.Record);
    }

    [Fact]
    public void The_exception_reads_as_a_stop_screen_does()
    {
        using Machine machine = Machine.Boot();
        BugcheckException stop = Assert.Throws<BugcheckException>(() => machine.BugCheck(BugcheckCode.BadPoolCaller, 7, 0xABC));
        Assert.Equal("*** STOP: 0x000000C2 (0x7, 0xABC, 0x0, 0x0) BadPoolCaller", stop.Message);
    }

    [Fact]
    public void A_stopped_machine_lets_nobody_in()
    {
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create();
        Stop.By(machine, () => machine.BugCheck(BugcheckCode.BadPoolCaller));
        Assert.Throws<BugcheckException>(() => machine.EnterKernel().Dispose());
        Assert.Throws<BugcheckException>(() => machine.RunOnProcessor(0, Irql.Passive, _ => { }));
        Assert.Throws<BugcheckException>(() => process.Gate.NtClose(0, new NtHandle(4)));
        Assert.Throws<BugcheckException>(() => process.Gate.BeginCall(out _));
        Assert.Throws<BugcheckException>(() => machine.LoadDriver(new TestDriver(), out _));
        Assert.Throws<BugcheckException>(() => machine.Processes.Create());
        Assert.Throws<BugcheckException>(() => machine.Clock.Advance(TimeSpan.Zero));
    }

    [Fact]
    public void A_stopped_machine_reports_its_stop_first_when_it_is_shut_down()
    {
        using Machine machine = Machine.Boot();
        machine.Processes.Create();
        Stop.By(machine, () => machine.BugCheck(BugcheckCode.BadPoolCaller));
        ShutdownReport report = machine.Shutdown();
        Assert.False(report.IsClean);
        Assert.Equal("bugcheck 0xC2 BadPoolCaller: the machine stopped before it could shut down", report.Leaks[0]);
        Assert.Contains("object 'Process': 1 live", report.Leaks);
    }

    [Fact]
    public void The_host_thread_that_stopped_one_machine_can_use_another()
    {
        using Machine stopped = Machine.Boot();
        Stop.By(stopped, () => stopped.RunOnProcessor(1, Irql.High, t => stopped.BugCheck(BugcheckCode.BadPoolCaller)));
        using Machine other = Machine.Boot();
        using KernelScope scope = other.EnterKernel();
        Assert.Equal(Irql.Passive, scope.Thread.Irql);
        Assert.Same(other, KeThread.Current.Machine);
    }

    [Fact]
    public void An_exception_that_leaves_kernel_code_stops_the_machine_where_it_was_thrown()
    {
        using Machine machine = Machine.Boot();
        KSpinLock spinLock = default;
        TestDriver driver = new()
        {
            DeviceControl = (current, _, _) =>
            {
                using SpinLockScope held = spinLock.Acquire(current);
                throw new InvalidOperationException("driver bug");
            },
        };
        machine.LoadDriver(driver, out _);
        EchoUser user = new(machine.Processes.Create());
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        BugcheckRecord stop = Stop.By(machine, () => user.Send(file, TestDriver.Code, [1], 0));
        Assert.Equal(BugcheckCode.KmodeExceptionNotHandled, stop.Code);
        Assert.Equal("driver bug", stop.Cause!.Message);
        Assert.Contains("Dispatch level", stop.Processors[0], StringComparison.Ordinal);
        Assert.Contains("1 spin locks held", stop.Processors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_driver_that_trips_over_the_end_of_another_process_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        PsProcess other = machine.Processes.Create();
        ulong block = other.Memory.Allocate(1);
        TestDriver driver = new()
        {
            DeviceControl = (current, _, irp) =>
            {
                other.Memory.Access(block, 1, MemoryAccess.Read, "driver");
                return TestDriver.Complete(current, irp, NtStatus.Success);
            },
        };
        machine.LoadDriver(driver, out _);
        EchoUser user = new(machine.Processes.Create());
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        other.Terminate(NtStatus.Success);
        BugcheckRecord stop = Stop.By(machine, () => user.Send(file, TestDriver.Code, [1], 0));
        Assert.Equal(BugcheckCode.KmodeExceptionNotHandled, stop.Code);
        Assert.IsType<ProcessExitedException>(stop.Cause);
    }

    [Fact]
    public void An_exception_in_what_describes_requests_stops_the_machine()
    {
        using MachineEvents events = new(besideOthers: true);
        using Machine machine = Machine.Boot(new MachineOptions { RequestIdBase = events.RequestIdBase });
        TestDriver driver = new();
        machine.LoadDriver(driver, out _);
        driver.Device!.DescribeRequest = (_, request) => request[3].ToString(System.Globalization.CultureInfo.InvariantCulture);
        EchoUser user = new(machine.Processes.Create());
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        BugcheckRecord stop = Stop.By(machine, () => user.Send(file, TestDriver.Code, [1], 0));
        Assert.Equal(BugcheckCode.KmodeExceptionNotHandled, stop.Code);
        Assert.IsType<IndexOutOfRangeException>(stop.Cause);
    }

    [Fact]
    public void An_exception_that_leaves_a_test_s_own_code_is_the_test_s()
    {
        using Machine machine = Machine.Boot();
        Assert.Throws<InvalidOperationException>(
            () => machine.RunOnProcessor(0, Irql.Dispatch, _ => throw new InvalidOperationException()));
        Assert.Null(machine.StopRecord);
        Assert.True(machine.Shutdown().IsClean);
    }
}
