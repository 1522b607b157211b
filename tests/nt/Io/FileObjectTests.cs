using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Io;

public sealed class FileObjectTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly List<string> _calls = [];

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_driver_hears_of_opening_of_the_last_handle_s_closing_and_of_the_end()
    {
        TestDriver driver = Load();
        EchoUser user = new(_machine.Processes.Create());
        Assert.Equal(NtStatus.Success, user.Open(out NtHandle file, name: TestDriver.DeviceName));
        Assert.Equal(["Create"], _calls);
        Assert.Equal(1, driver.Device!.OpenFiles);
        user.Gate.NtClose(0, file);
        Assert.Equal(["Create", "Cleanup", "Close"], _calls);
        Assert.Equal(0, driver.Device.OpenFiles);
    }

    [Fact]
    public void Close_waits_for_the_last_reference()
    {
        Load();
        PsProcess process = _machine.Processes.Create();
        new EchoUser(process).Open(out NtHandle handle, name: TestDriver.DeviceName);
        process.Handles.Reference(handle, out FileObject? file);
        process.Gate.NtClose(0, handle);
        Assert.Equal(["Create", "Cleanup"], _calls);
        file!.Dereference();
        Assert.Equal(["Create", "Cleanup", "Close"], _calls);
    }

    [Fact]
    public void A_file_that_got_no_handle_is_cleaned_up_before_it_is_closed()
    {
        Load();
        PsProcess process = _machine.Processes.Create(new ProcessOptions { DenseHandles = true });
        for (int i = 0; i < 1024; i++)
        {
            Assert.Equal(NtStatus.Success, process.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out _));
        }

        Assert.Equal(NtStatus.InsufficientResources, new EchoUser(process).Open(out _, name: TestDriver.DeviceName));
        Assert.Equal(["Create", "Cleanup", "Close"], _calls);
    }

    [Fact]
    public void Cleanup_waits_for_the_last_of_several_handles()
    {
        Load();
        PsProcess process = _machine.Processes.Create();
        new EchoUser(process).Open(out NtHandle first, name: TestDriver.DeviceName);
        process.Handles.Reference(first, out FileObject? file);
        process.Handles.Insert(file!, out NtHandle second);
        file!.Dereference();
        process.Gate.NtClose(0, first);
        Assert.Equal(["Create"], _calls);
        process.Gate.NtClose(0, second);
        Assert.Equal(["Create", "Cleanup", "Close"], _calls);
    }

    [Fact]
    public void A_file_that_the_driver_does_not_let_open_is_never_closed()
    {
        TestDriver driver = Load(createStatus: NtStatus.InsufficientResources);
        PsProcess process = _machine.Processes.Create();
        Assert.Equal(NtStatus.InsufficientResources, new EchoUser(process).Open(out NtHandle none, name: TestDriver.DeviceName));
        Assert.Equal(NtHandle.Invalid, none);
        Assert.Equal(["Create"], _calls);
        Assert.Equal(0, driver.Device!.OpenFiles);
        Assert.Equal(0, process.Handles.Count);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_driver_that_opens_later_keeps_the_opener_waiting()
    {
        Irp? opening = null;
        TestDriver driver = new()
        {
            Create = (_, _, irp) =>
            {
                irp.MarkPending();
                opening = irp;
                return NtStatus.Pending;
            },
        };
        _machine.LoadDriver(driver, out DriverObject? loaded);
        NtStatus opened = default;
        HostThread opener = HostThread.Run(
            () => opened = new EchoUser(_machine.Processes.Create()).Open(out _, CreateFileOptions.None, TestDriver.DeviceName));
        LimitedWaits.Until(() => Volatile.Read(ref opening) is not null, "the open request to reach the driver");
        _machine.RunOnProcessor(1, Irql.Passive, t => TestDriver.Complete(t, opening!, NtStatus.Success));
        opener.Join();
        Assert.Equal(NtStatus.Success, opened);
        Assert.Equal(1, loaded!.OpenFiles);
    }

    [Fact]
    public void One_that_a_driver_makes_itself_is_reached_through_a_handle_and_closed_like_any_other()
    {
        TestDriver driver = Load();
        PsProcess process = _machine.Processes.Create();
        object context = new();
        FileObject file = _machine.Io.CreateFileObject(driver.Device!, context);
        process.Handles.Insert(file, out NtHandle handle);
        file.Dereference();
        Assert.Equal(NtStatus.Success, process.Handles.Reference(handle, out FileObject? found));
        Assert.Same(context, found!.FsContext);
        found.Dereference();
        process.Terminate(NtStatus.Success);
        Assert.Equal(["Cleanup", "Close"], _calls);
    }

    [Fact]
    public void The_last_reference_dropped_at_dispatch_level_leaves_closing_to_passive_level()
    {
        TestDriver driver = Load();
        FileObject file = _machine.Io.CreateFileObject(driver.Device!, null);
        _machine.RunOnProcessor(1, Irql.Dispatch, _ =>
        {
            file.Dereference();
            Assert.Empty(_calls);
        });
        Assert.Equal(["Cleanup", "Close"], _calls);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void The_last_handle_closed_at_dispatch_level_leaves_both_to_passive_level_in_order()
    {
        TestDriver driver = Load();
        PsProcess process = _machine.Processes.Create();
        FileObject file = _machine.Io.CreateFileObject(driver.Device!, null);
        process.Handles.Insert(file, out NtHandle handle);
        file.Dereference();
        _machine.RunOnProcessor(1, Irql.Dispatch, _ => process.Handles.Close(handle));
        Assert.Equal(["Cleanup", "Close"], _calls);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_handle_closed_during_a_request_sends_cleanup_at_once_and_close_after_the_request()
    {
        using ManualResetEventSlim inside = new();
        using ManualResetEventSlim closed = new();
        FileObject? used = null;
        Load(serve: (current, _, irp) =>
        {
            used = irp.FileObject;
            inside.Set();
            closed.WaitFor("the handle to be closed");
            return TestDriver.Complete(current, irp, NtStatus.Success);
        });
        PsProcess process = _machine.Processes.Create();
        EchoUser user = new(process);
        user.Open(out NtHandle handle, name: TestDriver.DeviceName);
        HostThread caller = HostThread.Run(() => Assert.Equal(NtStatus.Success, user.Send(handle, TestDriver.Code, [1], 0).Status));
        inside.WaitFor("the request to reach the driver");
        Assert.Equal(2, used!.ReferenceCount);
        process.Gate.NtClose(0, handle);
        Assert.Equal(["Create", "Cleanup"], _calls);
        Assert.Equal((1, 0), (used.ReferenceCount, used.HandleCount));
        Assert.Equal(NtStatus.InvalidHandle, user.Send(handle, TestDriver.Code, [1], 0).Status);
        closed.Set();
        caller.Join();
        Assert.Equal(["Create", "Cleanup", "Close"], _calls);
        Assert.Equal(0, used.ReferenceCount);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_process_that_ends_as_a_call_gives_back_its_last_reference_is_seen_by_that_call()
    {
        using ManualResetEventSlim inside = new();
        using ManualResetEventSlim closed = new();
        PsProcess process = _machine.Processes.Create();
        Load(
            serve: (current, _, irp) =>
            {
                inside.Set();
                closed.WaitFor("the handle to be closed");
                return TestDriver.Complete(current, irp, NtStatus.Success);
            },
            close: () => process.Terminate(NtStatus.Cancelled));
        EchoUser user = new(process);
        user.Open(out NtHandle handle, name: TestDriver.DeviceName);
        UserRange block = user.Room(EchoUser.StatusBlockBytes);
        NtStatus status = default;
        HostThread caller = HostThread.Run(() => status = process.Gate.NtDeviceIoControlFile(
            0, handle, NtHandle.Invalid, block.Address, TestDriver.Code, UserRange.Null, UserRange.Null));
        inside.WaitFor("the request to reach the driver");
        process.Gate.NtClose(0, handle);
        closed.Set();
        caller.Join();
        Assert.Equal(["Create", "Cleanup", "Close"], _calls);
        Assert.Equal(NtStatus.ProcessIsTerminating, status);
    }

    [Fact]
    public void Requests_race_with_closing_and_opening_and_every_file_is_closed_once()
    {
        const int Rounds = 3000;
        int served = 0;
        Dictionary<string, int> calls = [];
        DriverDispatch count = (current, _, irp) =>
        {
            lock (calls)
            {
                string name = irp.MajorFunction.ToString();
                calls[name] = calls.GetValueOrDefault(name) + 1;
            }

            return TestDriver.Complete(current, irp, NtStatus.Success);
        };
        TestDriver driver = new()
        {
            Create = count,
            Cleanup = count,
            Close = count,
            DeviceControl = (current, _, irp) =>
            {
                Assert.True(irp.FileObject.ReferenceCount > 0);
                Interlocked.Increment(ref served);
                return TestDriver.Complete(current, irp, NtStatus.Success);
            },
        };
        _machine.LoadDriver(driver, out DriverObject? loaded);
        PsProcess process = _machine.Processes.Create(new ProcessOptions { DenseHandles = true });
        bool over = false;
        HostThread[] users = [.. Enumerable.Range(0, 2).Select(_ => HostThread.Run(() =>
        {
            ulong block = process.Memory.Allocate(EchoUser.StatusBlockBytes);
            while (!Volatile.Read(ref over))
            {
                NtStatus status = process.Gate.NtDeviceIoControlFile(
                    0, new NtHandle(1), NtHandle.Invalid, block, TestDriver.Code, UserRange.Null, UserRange.Null);
                Assert.True(status.IsSuccess || status == NtStatus.InvalidHandle);
            }
        }))];
        EchoUser opener = new(process);
        for (int i = 0; i < Rounds; i++)
        {
            Assert.Equal(NtStatus.Success, opener.Open(out NtHandle handle, name: TestDriver.DeviceName));
            Assert.Equal(1, handle.Value);
            Assert.Equal(NtStatus.Success, process.Gate.NtClose(0, handle));
        }

        Volatile.Write(ref over, true);
        Array.ForEach(users, u => u.Join());
        Assert.Equal((Rounds, Rounds, Rounds), (calls["Create"], calls["Cleanup"], calls["Close"]));
        Assert.Equal((0, 0), (loaded!.OutstandingRequests, loaded.OpenFiles));
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Theory]
    [InlineData(true, "STATUS_SUCCESS")]
    [InlineData(false, "STATUS_ACCESS_DENIED")]
    public void A_device_for_administrators_admits_nobody_else(bool administrator, string status)
    {
        TestDriver driver = Load(administratorsOnly: true);
        PsProcess process = _machine.Processes.Create(new ProcessOptions { Administrator = administrator });
        Assert.Equal(administrator, process.Token.IsAdministrator);
        Assert.Equal(status, new EchoUser(process).Open(out _, name: TestDriver.DeviceName).ToString());
        Assert.Equal(administrator ? 1 : 0, driver.Device!.OpenFiles);
        Assert.Equal(administrator ? ["Create"] : [], _calls);
    }

    [Fact]
    public void Unknown_options_are_refused()
    {
        Load();
        Assert.Equal(
            NtStatus.InvalidParameter,
            new EchoUser(_machine.Processes.Create()).Open(out _, (CreateFileOptions)0x1000, TestDriver.DeviceName));
    }

    private TestDriver Load(
        NtStatus? createStatus = null, bool administratorsOnly = false, DriverDispatch? serve = null, Action? close = null)
    {
        DriverDispatch log = (current, _, irp) =>
        {
            Assert.Equal(Irql.Passive, current.Irql);
            _calls.Add(irp.MajorFunction.ToString());
            if (irp.MajorFunction == IrpMajorFunction.Close)
            {
                close?.Invoke();
            }

            return TestDriver.Complete(
                current, irp, irp.MajorFunction == IrpMajorFunction.Create ? createStatus ?? NtStatus.Success : NtStatus.Success);
        };
        TestDriver driver = new() { Create = log, Cleanup = log, Close = log, DeviceControl = serve, AdministratorsOnly = administratorsOnly };
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(driver, out _));
        return driver;
    }
}
