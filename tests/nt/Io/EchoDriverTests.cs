using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Samples.Echo;

namespace KernelSim.Nt.Tests.Io;

public sealed class EchoDriverTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly EchoDriver _echo = new();
    private readonly DriverObject _driver;
    private readonly PsProcess _process;
    private readonly EchoUser _user;

    public EchoDriverTests()
    {
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(_echo, out DriverObject? driver));
        _driver = driver!;
        _process = _machine.Processes.Create();
        _user = new EchoUser(_process);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_request_comes_back_as_it_went_and_the_machine_shuts_down_clean()
    {
        Assert.Equal(NtStatus.Success, _user.Open(out NtHandle file));
        (NtStatus status, IoStatusBlock block, byte[] reply) = _user.Send(file, EchoDevice.Echo, "hello"u8, 8);

        Assert.Equal(NtStatus.Success, status);
        Assert.Equal(0u, block.Status);
        Assert.Equal(5ul, block.Information);
        Assert.Equal("hello\0\0\0"u8.ToArray(), reply);
        Assert.Equal(NtStatus.Success, _user.Gate.NtClose(0, file));
        Assert.Equal(NtStatus.Success, _machine.UnloadDriver(_driver));
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Theory]
    [InlineData(0, 8, "STATUS_INVALID_PARAMETER")]
    [InlineData(3, 8, "STATUS_INVALID_PARAMETER")]
    [InlineData(4, 3, "STATUS_BUFFER_TOO_SMALL")]
    [InlineData(4, 0, "STATUS_BUFFER_TOO_SMALL")]
    [InlineData(4, 4, "STATUS_SUCCESS")]
    [InlineData(70_000, 70_000, "STATUS_SUCCESS")]
    public void A_request_has_four_bytes_and_a_reply_its_room(int requestBytes, uint replyBytes, string status)
    {
        _user.Open(out NtHandle file);
        (NtStatus answered, IoStatusBlock block, _) = _user.Send(file, EchoDevice.Echo, new byte[requestBytes], replyBytes);
        Assert.Equal(status, answered.ToString());
        Assert.Equal(answered.IsSuccess ? ((uint)0, (ulong)requestBytes) : (0, 0), (block.Status, block.Information));
    }

    [Fact]
    public void An_unknown_control_code_is_an_invalid_request()
    {
        _user.Open(out NtHandle file);
        IoControlCode unknown = new(0x8000, 0x8FF, IoMethod.Buffered, access: 0);
        Assert.Equal(NtStatus.InvalidDeviceRequest, _user.Send(file, unknown, "ping"u8, 4).Status);
    }

    [Fact]
    public void An_overlapped_request_is_pending_until_somebody_releases_it()
    {
        _user.Open(out NtHandle file, CreateFileOptions.None);
        Pending pending = SendLater(file, "later"u8);
        Assert.Equal(NtStatus.Pending, pending.Status);
        Assert.Equal(NtStatus.Timeout, _user.Gate.NtWaitForSingleObject(0, pending.Event, TimeSpan.Zero));
        Assert.Equal(0ul, _user.StatusBlock(pending.Block).Information);

        Assert.Equal(NtStatus.Success, _user.Send(file, EchoDevice.Release, [], 0).Status);
        Assert.Equal(NtStatus.Success, _user.Gate.NtWaitForSingleObject(0, pending.Event, TimeSpan.Zero));
        Assert.Equal(5ul, _user.StatusBlock(pending.Block).Information);
        Assert.Equal("later"u8.ToArray(), _user.Get(pending.Output));
    }

    [Fact]
    public void A_synchronous_file_object_waits_for_the_release()
    {
        _user.Open(out NtHandle file);
        (NtStatus Status, IoStatusBlock Block, byte[] Reply) sent = default;
        HostThread sender = HostThread.Run(() => sent = _user.Send(file, EchoDevice.EchoLater, "later"u8, 5));
        WaitForRequest();
        Assert.Equal(NtStatus.Success, _user.Send(file, EchoDevice.Release, [], 0).Status);
        sender.Join();
        Assert.Equal(NtStatus.Success, sent.Status);
        Assert.Equal(5ul, sent.Block.Information);
        Assert.Equal("later"u8.ToArray(), sent.Reply);
    }

    [Fact]
    public void Cancelling_ends_the_requests_of_that_file_object_only()
    {
        _user.Open(out NtHandle file, CreateFileOptions.None);
        _user.Open(out NtHandle other, CreateFileOptions.None);
        Pending first = SendLater(file, "first"u8);
        Pending second = SendLater(other, "second"u8);

        Assert.Equal(NtStatus.Success, _user.Gate.NtCancelIoFile(0, file));
        Assert.Equal(NtStatus.Success, _user.Gate.NtWaitForSingleObject(0, first.Event, TimeSpan.Zero));
        Assert.Equal(NtStatus.Cancelled.Value, _user.StatusBlock(first.Block).Status);
        Assert.Equal(new byte[5], _user.Get(first.Output));
        Assert.Equal(NtStatus.Timeout, _user.Gate.NtWaitForSingleObject(0, second.Event, TimeSpan.Zero));

        _user.Send(file, EchoDevice.Release, [], 0);
        Assert.Equal("second"u8.ToArray(), _user.Get(second.Output));
    }

    [Fact]
    public void Closing_the_last_handle_cancels_what_waits()
    {
        _user.Open(out NtHandle file, CreateFileOptions.None);
        Pending pending = SendLater(file, "later"u8);
        Assert.Equal(NtStatus.Success, _user.Gate.NtClose(0, file));
        Assert.Equal(NtStatus.Cancelled.Value, _user.StatusBlock(pending.Block).Status);
        Assert.Equal(0, _driver.OutstandingRequests);
        Assert.Equal(0, _driver.OpenFiles);
    }

    [Fact]
    public void A_process_that_is_killed_while_it_waits_gets_no_answer_and_leaves_nothing()
    {
        _user.Open(out NtHandle file);
        NtStatus answered = default;
        HostThread sender = HostThread.Run(() => answered = _user.Send(file, EchoDevice.EchoLater, "later"u8, 5).Status);
        WaitForRequest();
        _process.Terminate(NtStatus.Unsuccessful);
        sender.Join();
        Assert.Equal(NtStatus.ProcessIsTerminating, answered);
        Assert.Equal(NtStatus.Unsuccessful, _process.ExitStatus);
        Assert.Equal(0, _driver.OpenFiles);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_process_that_ends_with_requests_pending_leaves_nothing()
    {
        _user.Open(out NtHandle file, CreateFileOptions.None);
        SendLater(file, "one"u8.ToArray().Concat("more"u8.ToArray()).ToArray());
        SendLater(file, "another"u8);
        _process.Terminate(NtStatus.Success);
        Assert.Equal(0, _driver.OutstandingRequests);
        Assert.Equal(0, _process.PoolQuotaUsed);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void It_is_not_unloaded_while_a_file_is_open()
    {
        _user.Open(out NtHandle file);
        Assert.Equal(NtStatus.InvalidDeviceState, _machine.UnloadDriver(_driver));
        Assert.Equal(NtStatus.Success, _user.Send(file, EchoDevice.Echo, "ping"u8, 4).Status);
        _user.Gate.NtClose(0, file);
        Assert.Equal(NtStatus.Success, _machine.UnloadDriver(_driver));
        Assert.Equal(NtStatus.ObjectNameNotFound, _user.Open(out _));
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(_echo, out _));
        Assert.Equal(NtStatus.Success, _user.Open(out _));
    }

    [Fact]
    public void Releases_and_cancellations_that_race_complete_each_request_once()
    {
        _user.Open(out NtHandle file, CreateFileOptions.None);
        bool over = false;
        HostThread releaser = HostThread.Run(() =>
        {
            while (!Volatile.Read(ref over))
            {
                _user.Send(file, EchoDevice.Release, [], 0);
            }
        });
        HostThread canceller = HostThread.Run(() =>
        {
            while (!Volatile.Read(ref over))
            {
                _user.Gate.NtCancelIoFile(0, file);
            }
        });
        for (int i = 0; i < 300; i++)
        {
            Pending pending = SendLater(file, "race"u8);
            Assert.Equal(NtStatus.Pending, pending.Status);
            Assert.Equal(NtStatus.Success, _user.Gate.NtWaitForSingleObject(0, pending.Event, LimitedWaits.Limit));
            uint ended = _user.StatusBlock(pending.Block).Status;
            Assert.True(ended == NtStatus.Success.Value || ended == NtStatus.Cancelled.Value);
            _user.Gate.NtClose(0, pending.Event);
        }

        Volatile.Write(ref over, true);
        releaser.Join();
        canceller.Join();
        Assert.Null(_machine.StopRecord);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    /// <summary>A request is outstanding before the driver has put it where a release finds it.</summary>
    private void WaitForRequest() => LimitedWaits.Until(() => _echo.WaitingRequests == 1, "the request to wait in the driver");

    private Pending SendLater(NtHandle file, ReadOnlySpan<byte> request)
    {
        _user.Gate.NtCreateEvent(0, manualReset: true, initialState: true, out NtHandle done);
        UserRange block = _user.Room(EchoUser.StatusBlockBytes);
        UserRange output = _user.Room((uint)request.Length);
        NtStatus status = _user.Gate.NtDeviceIoControlFile(
            0, file, done, block.Address, EchoDevice.EchoLater, _user.Put(request), output);
        return new Pending(status, done, block, output);
    }

    private readonly record struct Pending(NtStatus Status, NtHandle Event, UserRange Block, UserRange Output);
}
