using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Io;

public sealed unsafe class DeviceControlTests : IDisposable
{
    private Machine _machine = Machine.Boot();
    private PsProcess _process = null!;
    private EchoUser _user = null!;
    private NtHandle _file;
    private int _requests;

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(0x00000000u, true)]
    [InlineData(0x40000000u, true)]
    [InlineData(0x80000005u, true)]
    [InlineData(0xC0000023u, false)]
    public void A_reply_is_copied_out_unless_the_status_is_an_error(uint status, bool copied)
    {
        Open((current, _, irp) =>
        {
            irp.SystemBuffer[0] = 0x77;
            return TestDriver.Complete(current, irp, new NtStatus(status), 1);
        });
        (NtStatus answered, IoStatusBlock block, byte[] reply) = _user.Send(_file, TestDriver.Code, [1, 2, 3], 4);
        Assert.Equal(new NtStatus(status), answered);
        Assert.Equal(copied ? (status, 1ul) : (0, 0), (block.Status, block.Information));
        Assert.Equal(copied ? 0x77 : 0, reply[0]);
    }

    [Theory]
    [InlineData(CreateFileOptions.None, false, 0x00000000u, true)]
    [InlineData(CreateFileOptions.None, false, 0x80000005u, true)]
    [InlineData(CreateFileOptions.None, false, 0xC000000Du, false)]
    [InlineData(CreateFileOptions.None, true, 0xC000000Du, true)]
    [InlineData(CreateFileOptions.SynchronousIo, false, 0xC000000Du, false)]
    [InlineData(CreateFileOptions.SynchronousIo, true, 0xC000000Du, false)]
    [InlineData(CreateFileOptions.SynchronousIo, true, 0x00000000u, true)]
    public void Event_and_status_block_hear_of_all_but_the_errors_that_the_call_returns(
        CreateFileOptions options, bool pends, uint status, bool reported)
    {
        _machine.LoadDriver(
            new TestDriver
            {
                DeviceControl = (current, _, irp) =>
                {
                    if (pends)
                    {
                        irp.MarkPending();
                    }

                    TestDriver.Complete(current, irp, new NtStatus(status));
                    return pends ? NtStatus.Pending : new NtStatus(status);
                },
            },
            out _);
        _user = new EchoUser(_machine.Processes.Create());
        _user.Open(out NtHandle file, options, TestDriver.DeviceName);
        _user.Gate.NtCreateEvent(0, manualReset: true, initialState: true, out NtHandle done);
        UserRange block = _user.Put([0xEE, 0xEE, 0xEE, 0xEE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        NtStatus returned = _user.Gate.NtDeviceIoControlFile(
            0, file, done, block.Address, TestDriver.Code, UserRange.Null, UserRange.Null);
        Assert.Equal(pends && options == CreateFileOptions.None ? NtStatus.Pending : new NtStatus(status), returned);
        Assert.Equal(reported ? status : 0xEEEEEEEE, _user.StatusBlock(block).Status);
        Assert.Equal(reported ? NtStatus.Success : NtStatus.Timeout, _user.Gate.NtWaitForSingleObject(0, done, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    public void As_many_bytes_are_copied_out_as_the_driver_says(ulong information, int copied)
    {
        Open((current, _, irp) =>
        {
            new Span<byte>(irp.SystemBuffer, 8).Fill(0xEE);
            return TestDriver.Complete(current, irp, NtStatus.Success, information);
        });
        (_, IoStatusBlock block, byte[] reply) = _user.Send(_file, TestDriver.Code, new byte[8], 4);
        Assert.Equal(information, block.Information);
        Assert.Equal(copied, reply.Count(b => b == 0xEE));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(0, 7)]
    [InlineData(5, 7)]
    [InlineData(7, 5)]
    public void The_driver_sees_request_lengths_code_and_where_it_came_from(int input, uint output)
    {
        string seen = string.Empty;
        Open((current, device, irp) =>
        {
            bool buffer = irp.SystemBuffer != null;
            byte first = input > 0 ? *irp.SystemBuffer : (byte)0;
            seen = $"{irp.MajorFunction} {irp.InputLength} {irp.OutputLength} {irp.ControlCode == TestDriver.Code} {buffer} {first} "
                + $"{irp.Process == _process} {current.Process == _process} {irp.FileObject.Device == device} "
                + $"{irp.RequestId == current.RequestId} {current.Irql}";
            return TestDriver.Complete(current, irp, NtStatus.Success);
        });
        _user.Send(_file, TestDriver.Code, Enumerable.Repeat((byte)9, input).ToArray(), output);
        Assert.Equal(
            $"DeviceControl {input} {output} True {input + output > 0} {(input > 0 ? 9 : 0)} True True True True Passive", seen);
    }

    [Theory]
    [InlineData("io.probe.input", 17, 16, 16)]
    [InlineData("io.probe.output", 16, 17, 16)]
    [InlineData("io.probe.status_block", 16, 16, 15)]
    public void A_range_that_the_caller_may_not_use_so_is_refused_before_the_driver_sees_it(
        string check, uint input, uint output, uint block)
    {
        Open(Succeed);
        Assert.True(_user.Gate.BeginCall(out ulong request));
        ulong[] places = [_process.Memory.Allocate(16), _process.Memory.Allocate(16), _process.Memory.Allocate(block)];
        NtStatus status = _user.Gate.NtDeviceIoControlFile(
            request, _file, NtHandle.Invalid, places[2], TestDriver.Code, new UserRange(places[0], input), new UserRange(places[1], output));
        Assert.Equal(NtStatus.AccessViolation, status);
        Assert.Equal(0, _requests);
        Assert.True(_user.Gate.TryGetRefusal(request, out CheckRefusal refusal));
        Assert.Equal(check, CheckTable.Find(refusal.Check)!.Id);
        Assert.Equal(check == "io.probe.status_block" ? (15, 16) : (16L, 17L), (refusal.Given, refusal.Expected));
        Assert.Equal(0, _process.PoolQuotaUsed);
        _user.Gate.EndCall(request);
    }

    [Fact]
    public void Output_that_may_only_be_read_is_refused_and_input_that_may_only_be_read_is_not()
    {
        Open(Succeed);
        UserRange constant = new(_process.Memory.AllocateRegion(4096, PageProtection.ReadOnly), 4096);
        ulong block = _process.Memory.Allocate(16);
        Assert.Equal(NtStatus.AccessViolation, _user.Gate.NtDeviceIoControlFile(
            0, _file, NtHandle.Invalid, block, TestDriver.Code, UserRange.Null, constant));
        Assert.Equal(NtStatus.Success, _user.Gate.NtDeviceIoControlFile(
            0, _file, NtHandle.Invalid, block, TestDriver.Code, constant, UserRange.Null));
    }

    [Fact]
    public void Null_with_a_length_is_refused_and_without_one_is_no_buffer()
    {
        Open(Succeed);
        ulong block = _process.Memory.Allocate(16);
        Assert.Equal(NtStatus.AccessViolation, _user.Gate.NtDeviceIoControlFile(
            0, _file, NtHandle.Invalid, block, TestDriver.Code, new UserRange(0, 4), UserRange.Null));
        Assert.Equal(NtStatus.Success, _user.Gate.NtDeviceIoControlFile(
            0, _file, NtHandle.Invalid, block, TestDriver.Code, UserRange.Null, UserRange.Null));
    }

    [Theory]
    [InlineData(IoMethod.InDirect)]
    [InlineData(IoMethod.OutDirect)]
    [InlineData(IoMethod.Neither)]
    public void Other_methods_are_not_supported(IoMethod method)
    {
        Open(Succeed);
        Assert.Equal(NtStatus.NotSupported, _user.Send(_file, new IoControlCode(0x8000, 0x900, method, access: 0), [1], 1).Status);
        Assert.Equal(0, _requests);
    }

    [Fact]
    public void Reply_room_that_vanishes_while_the_driver_works_ends_in_an_access_violation()
    {
        UserRange output = default;
        Open((current, _, irp) =>
        {
            _process.Memory.Free(output.Address);
            return TestDriver.Complete(current, irp, NtStatus.Success, 4);
        });
        output = _user.Room(4);
        UserRange block = _user.Room(16);
        Assert.Equal(NtStatus.AccessViolation, _user.Gate.NtDeviceIoControlFile(
            0, _file, NtHandle.Invalid, block.Address, TestDriver.Code, _user.Put([1]), output));
        Assert.Equal((0u, 0ul), (_user.StatusBlock(block).Status, _user.StatusBlock(block).Information));
    }

    [Fact]
    public void Beyond_the_request_the_system_buffer_holds_whatever_lay_there_before()
    {
        List<byte> seen = [];
        Open((current, _, irp) =>
        {
            seen.Add(irp.SystemBuffer[50]);
            return TestDriver.Complete(current, irp, NtStatus.Success);
        });
        _user.Send(_file, TestDriver.Code, Enumerable.Repeat((byte)0xAB, 60).ToArray(), 0);
        _user.Send(_file, TestDriver.Code, [1], 60);
        Assert.Equal([0xAB, 0xAB], seen);
    }

    [Fact]
    public void System_buffers_are_charged_to_the_process_and_a_quota_refuses_the_request_alone()
    {
        Open(Succeed, new ProcessOptions { PoolQuota = 1000 });
        Assert.Equal(NtStatus.Success, _user.Send(_file, TestDriver.Code, new byte[1000], 10).Status);
        Assert.Equal(NtStatus.QuotaExceeded, _user.Send(_file, TestDriver.Code, new byte[10], 1001).Status);
        Assert.Equal(1, _requests);
        Assert.Equal(0, _process.PoolQuotaUsed);
        Assert.Equal(NtStatus.Success, _user.Send(_file, TestDriver.Code, new byte[1000], 1000).Status);
    }

    [Fact]
    public void Pool_that_refuses_a_system_buffer_refuses_the_request()
    {
        _machine.Dispose();
        _machine = Machine.Boot(new MachineOptions { PoolLimit = 4096 });
        Open(Succeed);
        Assert.Equal(NtStatus.InsufficientResources, _user.Send(_file, TestDriver.Code, new byte[4097], 0).Status);
        Assert.Equal(0, _process.PoolQuotaUsed);
        Assert.Equal(NtStatus.Success, _user.Send(_file, TestDriver.Code, new byte[4096], 0).Status);
    }

    [Fact]
    public void A_handle_of_no_file_or_no_event_is_refused()
    {
        Open(Succeed);
        _user.Gate.NtCreateEvent(0, true, false, out NtHandle done);
        ulong block = _process.Memory.Allocate(16);
        Assert.Equal(NtStatus.ObjectTypeMismatch, Send(done, NtHandle.Invalid));
        Assert.Equal(NtStatus.InvalidHandle, Send(new NtHandle(0x1000), NtHandle.Invalid));
        Assert.Equal(NtStatus.InvalidHandle, Send(NtHandle.Invalid, NtHandle.Invalid));
        Assert.Equal(NtStatus.ObjectTypeMismatch, Send(_file, _file));
        Assert.Equal(NtStatus.InvalidHandle, Send(_file, new NtHandle(0x1000)));
        Assert.Equal(NtStatus.Success, Send(_file, done));
        Assert.Equal(NtStatus.Success, _user.Gate.NtWaitForSingleObject(0, done, TimeSpan.Zero));
        Assert.Equal(1, _requests);

        NtStatus Send(NtHandle file, NtHandle completed) => _user.Gate.NtDeviceIoControlFile(
            0, file, completed, block, TestDriver.Code, UserRange.Null, UserRange.Null);
    }

    [Fact]
    public void Every_step_of_a_request_is_one_event_in_order()
    {
        using MachineEvents events = new(besideOthers: true);
        _machine.Dispose();
        _machine = Machine.Boot(new MachineOptions { RequestIdBase = events.RequestIdBase });
        Open(
            (current, _, irp) => TestDriver.Complete(current, irp, NtStatus.Success, 2),
            describe: (_, request) => request.Length == 3 ? "three" : null);
        int before = events.Events.Count;
        _user.Send(_file, TestDriver.Code, [1, 2, 3], 8);
        List<string> names = [.. events.Events.Skip(before).Select(e => e.Name)];
        Assert.Equal(
            ["IoctlStart", "SizeCheck", "SizeCheck", "SizeCheck", "SizeCheck", "PoolAllocate", "Copy", "Copy", "PoolFree", "IoctlStop"], names);
        List<string> all = [.. events.Texts.Skip(before)];
        Assert.Equal($"IoctlStart 2 0 {_process.Id} three 3 8", all[0]);
        Assert.Matches("^Copy 2 0 BufferIn -1 -1 [0-9]+ 18446[0-9]+ 3$", all[6]);
        Assert.Matches("^Copy 2 0 BufferOut -1 -1 18446[0-9]+ [0-9]+ 2$", all[7]);
        Assert.Equal("IoctlStop 2 0 three STATUS_SUCCESS 2", all[9]);

        before = events.Events.Count;
        _user.Gate.NtDeviceIoControlFile(0, _file, NtHandle.Invalid, 0, TestDriver.Code, new UserRange(0x1000, 4), UserRange.Null);
        all = [.. events.Texts.Skip(before)];
        Assert.Equal("IoctlStart 3 0 8 0x80002400 (device 0x8000, function 0x900, Buffered, access 0) 4 0", all[0]);
        Assert.Contains("AccessViolation 3 0 8 write 0 16 io.probe.status_block", all);
        Assert.Contains("SizeCheck 3 0 io.probe.status_block status_block 0 16 0", all);
        Assert.Contains(
            "InvalidArgument 3 0 io.probe.status_block io:NtDeviceIoControlFile none STATUS_ACCESS_VIOLATION none", all);
        Assert.EndsWith("STATUS_ACCESS_VIOLATION 0", all[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_by_the_io_manager_has_the_codes_of_the_devices_protocol_if_it_has_any()
    {
        using MachineEvents events = new(besideOthers: true);
        _machine.Dispose();
        _machine = Machine.Boot(new MachineOptions { RequestIdBase = events.RequestIdBase });
        DeviceObject device = Open(Succeed);
        Assert.Equal("none STATUS_NOT_SUPPORTED none", Refused());
        device.ProtocolChecks = [EbpfCheck.Of(SystemChecks.IoMethodBuffered)];
        Assert.Equal("EBPF_OPERATION_NOT_SUPPORTED STATUS_NOT_SUPPORTED ENOTSUP", Refused());
        Assert.Throws<ArgumentNullException>(() => device.ProtocolChecks = null!);

        string Refused()
        {
            const string Row = " io.method io:NtDeviceIoControlFile ";
            _user.Send(_file, new IoControlCode(TestDriver.Code.Value | (uint)IoMethod.Neither), [1], 0);
            string last = events.Texts.Last(e => e.StartsWith("InvalidArgument", StringComparison.Ordinal));
            return last[(last.IndexOf(Row, StringComparison.Ordinal) + Row.Length)..];
        }
    }

    private NtStatus Succeed(KeThread current, DeviceObject device, Irp irp) => TestDriver.Complete(current, irp, NtStatus.Success);

    private DeviceObject Open(DriverDispatch deviceControl, ProcessOptions? options = null, RequestDescriber? describe = null)
    {
        TestDriver driver = new()
        {
            DeviceControl = (current, device, irp) =>
            {
                _requests++;
                return deviceControl(current, device, irp);
            },
        };
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(driver, out _));
        driver.Device!.DescribeRequest = describe;
        _process = _machine.Processes.Create(options);
        _user = new EchoUser(_process);
        Assert.Equal(NtStatus.Success, _user.Open(out _file, name: TestDriver.DeviceName));
        return driver.Device;
    }
}
