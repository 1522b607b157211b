using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Io;

public sealed unsafe class DriverLoadTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_driver_that_does_not_load_leaves_nothing()
    {
        Assert.Equal(
            NtStatus.FailedDriverEntry, _machine.LoadDriver(new TestDriver { EntryStatus = NtStatus.FailedDriverEntry }, out DriverObject? none));
        Assert.Null(none);
        Assert.Empty(_machine.Io.Drivers);
        Assert.Empty(_machine.Objects.SymbolicLinks);
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new TestDriver(), out _));
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_driver_is_loaded_once()
    {
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new TestDriver(), out DriverObject? driver));
        Assert.Equal(NtStatus.ImageAlreadyLoaded, _machine.LoadDriver(new TestDriver { Name = "TEST" }, out _));
        Assert.Equal([driver!], _machine.Io.Drivers);
        Assert.Equal("Test", driver!.Name);
        Assert.Equal([@"\Device\Test"], driver!.Devices.Select(d => d.Name));
    }

    [Fact]
    public void A_driver_that_cannot_be_unloaded_is_not()
    {
        _machine.LoadDriver(new TestDriver { CanUnload = false }, out DriverObject? driver);
        Assert.Equal(NtStatus.InvalidDeviceRequest, _machine.UnloadDriver(driver!));
        Assert.Single(_machine.Io.Drivers);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_driver_is_unloaded_once()
    {
        _machine.LoadDriver(new TestDriver(), out DriverObject? driver);
        Assert.Equal(NtStatus.Success, _machine.UnloadDriver(driver!));
        Assert.Equal(NtStatus.ObjectNameNotFound, _machine.UnloadDriver(driver!));
    }

    [Fact]
    public void What_a_driver_forgets_is_reported_when_the_machine_shuts_down()
    {
        _machine.LoadDriver(new TestDriver { DeletesDevice = false }, out _);
        _machine.Pool.Allocate(24, new PoolTag("Lost"));
        Assert.Equal(
            [@"device '\Device\Test': not deleted by driver 'Test', 0 files open", "pool 'Lost': 1 blocks, 24 bytes"], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_file_object_that_nobody_lets_go_is_reported_and_no_longer_reaches_the_driver()
    {
        int closed = 0;
        TestDriver driver = new()
        {
            Close = (current, _, irp) =>
            {
                closed++;
                return TestDriver.Complete(current, irp, NtStatus.Success);
            },
        };
        _machine.LoadDriver(driver, out _);
        FileObject file = _machine.Io.CreateFileObject(driver.Device!, null);
        Assert.Equal(["object 'File': 1 live"], _machine.Shutdown().Leaks);
        file.Dereference();
        Assert.Equal(0, closed);
    }

    [Theory]
    [InlineData(IrpMajorFunction.Create, "STATUS_SUCCESS")]
    [InlineData(IrpMajorFunction.DeviceControl, "STATUS_INVALID_DEVICE_REQUEST")]
    public void What_a_driver_does_not_support_has_a_default_answer(IrpMajorFunction function, string status)
    {
        _machine.LoadDriver(new TestDriver(), out _);
        EchoUser user = new(_machine.Processes.Create());
        NtStatus opened = user.Open(out NtHandle file, name: TestDriver.DeviceName);
        Assert.Equal(status, (function == IrpMajorFunction.Create ? opened : user.Send(file, TestDriver.Code, [1], 0).Status).ToString());
    }

    [Fact]
    public void A_major_function_that_does_not_exist_cannot_be_set()
    {
        _machine.LoadDriver(new TestDriver(), out DriverObject? driver);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => driver!.SetMajorFunction((IrpMajorFunction)0x1C, (_, _, _) => NtStatus.Success));
    }

    [Fact]
    public void A_filter_calls_the_dispatch_routine_that_it_replaces()
    {
        List<string> order = [];
        _machine.LoadDriver(
            new TestDriver
            {
                DeviceControl = (current, _, irp) =>
                {
                    order.Add("driver");
                    return TestDriver.Complete(current, irp, NtStatus.Success);
                },
            },
            out DriverObject? driver);
        DriverDispatch replaced = driver!.GetMajorFunction(IrpMajorFunction.DeviceControl);
        driver.SetMajorFunction(IrpMajorFunction.DeviceControl, (current, device, irp) =>
        {
            order.Add("filter");
            return replaced(current, device, irp);
        });

        EchoUser user = new(_machine.Processes.Create());
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        Assert.Equal(NtStatus.Success, user.Send(file, TestDriver.Code, [1], 0).Status);
        Assert.Equal(["filter", "driver"], order);
        Assert.Throws<ArgumentOutOfRangeException>(() => driver.GetMajorFunction((IrpMajorFunction)0x1C));
    }

    [Fact]
    public void An_entry_point_that_throws_stops_the_machine()
    {
        BugcheckRecord stop = Stop.By(_machine, () => _machine.LoadDriver(new ThrowingDriver(), out _));
        Assert.Equal(BugcheckCode.KmodeExceptionNotHandled, stop.Code);
        Assert.Equal("entry", stop.Cause!.Message);
    }

    [Fact]
    public void While_its_unload_routine_runs_a_driver_can_be_neither_opened_nor_unloaded()
    {
        _machine.LoadDriver(new TestDriver(), out DriverObject? driver);
        EchoUser user = new(_machine.Processes.Create());
        Action<DriverObject> unload = driver!.Unload!;
        NtStatus opened = default;
        NtStatus unloaded = default;
        int unloads = 0;
        driver.Unload = d =>
        {
            unloads++;
            opened = user.Open(out _, name: TestDriver.DeviceName);
            unloaded = unloads == 1 ? _machine.UnloadDriver(d) : default;
            unload(d);
        };
        Assert.Equal(NtStatus.Success, _machine.UnloadDriver(driver));
        Assert.Equal((NtStatus.NoSuchDevice, NtStatus.InvalidDeviceState, 1), (opened, unloaded, unloads));
    }

    [Fact]
    public void A_driver_s_device_cannot_be_opened_before_its_entry_point_has_returned()
    {
        EchoUser user = new(_machine.Processes.Create());
        NtStatus opened = default;
        DescribedDriver driver = new(d =>
        {
            d.Machine.Io.CreateDevice(d, TestDriver.DeviceName, out _);
            opened = user.Open(out _, name: TestDriver.DeviceName);
        });
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(driver, out _));
        Assert.Equal(NtStatus.NoSuchDevice, opened);
        Assert.Equal(NtStatus.Success, user.Open(out _, name: TestDriver.DeviceName));
    }

    private sealed class DescribedDriver(Action<DriverObject> entry) : IDriver
    {
        public string Name => "Described";

        public NtStatus DriverEntry(KeThread current, DriverObject driver)
        {
            entry(driver);
            return NtStatus.Success;
        }
    }

    private sealed class ThrowingDriver : IDriver
    {
        public string Name => "Throwing";

        public NtStatus DriverEntry(KeThread current, DriverObject driver) => throw new InvalidOperationException("entry");
    }
}
