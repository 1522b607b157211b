using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Samples.Mailbox;
using KernelSim.Samples.Mailbox.Driver;
using KernelSim.Samples.Mailbox.User;

namespace KernelSim.Samples.Tests.Mailbox;

public sealed class MailboxTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly DriverObject _driver;
    private readonly PsProcess _process;
    private readonly MailboxClient _client;

    public MailboxTests()
    {
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new MailboxDriver(), out DriverObject? driver));
        _driver = driver!;
        _process = _machine.Processes.Create();
        _client = Open(_process);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_letter_that_is_there_is_received_at_once()
    {
        Assert.Equal(NtStatus.Success, _client.Post("hello"u8));
        Assert.Equal(NtStatus.Success, _client.Receive(TimeSpan.Zero, out LetterRequest? request));
        Ends(request!, NtStatus.Success, "hello");
    }

    [Fact]
    public void Who_waits_is_given_the_letter_when_it_comes_and_the_machine_shuts_down_clean()
    {
        Assert.Equal(NtStatus.Pending, _client.Receive(TimeSpan.Zero, out LetterRequest? request));
        Assert.Equal(NtStatus.Timeout, request!.Wait(TimeSpan.Zero, out _));
        Assert.Equal(NtStatus.Success, _client.Post("late"u8));
        Ends(request, NtStatus.Success, "late");
        _client.Dispose();
        Assert.Equal(NtStatus.Success, _machine.UnloadDriver(_driver));
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void Letters_go_oldest_first_to_who_has_waited_longest()
    {
        LetterRequest first = Wait(), second = Wait();
        _client.Post("1"u8);
        _client.Post("2"u8);
        _client.Post("3"u8);
        _client.Post("4"u8);
        Ends(first, NtStatus.Success, "1");
        Ends(second, NtStatus.Success, "2");
        _client.Receive(TimeSpan.Zero, out LetterRequest? third);
        _client.Receive(TimeSpan.Zero, out LetterRequest? fourth);
        Ends(third!, NtStatus.Success, "3");
        Ends(fourth!, NtStatus.Success, "4");
    }

    [Theory]
    [InlineData(0, "STATUS_INVALID_PARAMETER")]
    [InlineData(1, "STATUS_SUCCESS")]
    [InlineData(MailboxDevice.MaxLetterBytes, "STATUS_SUCCESS")]
    [InlineData(MailboxDevice.MaxLetterBytes + 1, "STATUS_INVALID_PARAMETER")]
    public void A_letter_has_a_byte_and_no_more_than_fit(int bytes, string status) =>
        Assert.Equal(status, _client.Post(new byte[bytes]).ToString());

    [Theory]
    [InlineData(3, 256, "STATUS_INVALID_PARAMETER")]
    [InlineData(5, 256, "STATUS_INVALID_PARAMETER")]
    [InlineData(4, 255, "STATUS_BUFFER_TOO_SMALL")]
    [InlineData(4, 0, "STATUS_BUFFER_TOO_SMALL")]
    public void A_receiver_brings_four_bytes_and_room_for_any_letter(uint requestBytes, uint room, string status)
    {
        _client.Post("kept"u8);
        UserAddressSpace memory = _process.Memory;
        OpenRaw(out NtHandle file);
        NtStatus answered = _process.Gate.NtDeviceIoControlFile(
            0,
            file,
            NtHandle.Invalid,
            memory.Allocate(16),
            MailboxDevice.Receive,
            new UserRange(memory.Allocate(requestBytes), requestBytes),
            room == 0 ? UserRange.Null : new UserRange(memory.Allocate(room), room));
        Assert.Equal(status, answered.ToString());
        _client.Receive(TimeSpan.Zero, out LetterRequest? request);
        Ends(request!, NtStatus.Success, "kept");
    }

    [Fact]
    public void Another_control_code_is_an_invalid_request()
    {
        OpenRaw(out NtHandle file);
        IoControlCode unknown = new(0x8000, 0x802, IoMethod.Buffered, access: 0);
        Assert.Equal(
            NtStatus.InvalidDeviceRequest,
            _process.Gate.NtDeviceIoControlFile(
                0, file, NtHandle.Invalid, _process.Memory.Allocate(16), unknown, UserRange.Null, UserRange.Null));
    }

    [Fact]
    public void A_full_box_takes_no_more_until_one_is_received()
    {
        for (int i = 0; i < MailboxDevice.MaxLetters; i++)
        {
            Assert.Equal(NtStatus.Success, _client.Post([(byte)'a']));
        }

        Assert.Equal(NtStatus.InsufficientResources, _client.Post("b"u8));
        _client.Receive(TimeSpan.Zero, out LetterRequest? request);
        Ends(request!, NtStatus.Success, "a");
        Assert.Equal(NtStatus.Success, _client.Post("b"u8));
    }

    [Fact]
    public void Cancelling_ends_what_waits_on_that_handle_only()
    {
        MailboxClient other = Open(_process);
        LetterRequest mine = Wait(), alsoMine = Wait();
        Assert.Equal(NtStatus.Pending, other.Receive(TimeSpan.Zero, out LetterRequest? theirs));

        Assert.Equal(NtStatus.Success, _client.Cancel());

        Ends(mine, NtStatus.Cancelled, "");
        Ends(alsoMine, NtStatus.Cancelled, "");
        Assert.Equal(NtStatus.Timeout, theirs!.Wait(TimeSpan.Zero, out _));
        _client.Post("theirs"u8);
        Ends(theirs, NtStatus.Success, "theirs");
    }

    [Fact]
    public void A_cancelled_request_takes_no_letter_with_it()
    {
        LetterRequest request = Wait();
        _client.Cancel();
        _client.Post("kept"u8);
        Ends(request, NtStatus.Cancelled, "");
        _client.Receive(TimeSpan.Zero, out LetterRequest? next);
        Ends(next!, NtStatus.Success, "kept");
    }

    [Fact]
    public void Closing_the_handle_ends_what_waits()
    {
        LetterRequest request = Wait();
        _client.Dispose();
        Ends(request, NtStatus.Cancelled, "");
        Assert.Equal(0, _driver.OpenFiles);
    }

    [Fact]
    public void A_process_that_ends_while_its_requests_wait_leaves_nothing()
    {
        LetterRequest request = Wait();
        Wait();
        _process.Terminate(NtStatus.Unsuccessful);
        Assert.Equal(NtStatus.ProcessIsTerminating, request.Wait(LimitedWaits.Limit, out _));
        Assert.Throws<ProcessExitedException>(() => _client.Post("to whom"u8));
        Assert.Equal((0, 0), (_driver.OutstandingRequests, _driver.OpenFiles));
        Assert.Equal(0, _process.PoolQuotaUsed);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_process_that_is_killed_while_a_thread_waits_lets_the_thread_go()
    {
        LetterRequest request = Wait();
        NtStatus answered = default;
        HostThread waiter = HostThread.Run(() => answered = request.Wait(LimitedWaits.Limit, out _));
        _process.Terminate(NtStatus.Unsuccessful);
        waiter.Join();
        Assert.Equal(NtStatus.ProcessIsTerminating, answered);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void The_next_process_gets_what_a_dead_one_was_waiting_for()
    {
        Wait();
        _process.Terminate(NtStatus.Success);
        MailboxClient next = Open(_machine.Processes.Create());
        Assert.Equal(NtStatus.Success, next.Post("alive"u8));
        next.Receive(TimeSpan.Zero, out LetterRequest? request);
        Ends(request!, NtStatus.Success, "alive");
    }

    [Fact]
    public void Time_runs_out_in_the_machines_time()
    {
        LetterRequest request = Wait(TimeSpan.FromMilliseconds(20));
        _machine.Clock.Advance(TimeSpan.FromMilliseconds(19));
        Assert.Equal(NtStatus.Timeout, request.Wait(TimeSpan.Zero, out _));
        _machine.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Ends(request, NtStatus.IoTimeout, "");
        Assert.Equal(0, _driver.OutstandingRequests);
    }

    [Fact]
    public void A_letter_in_time_stops_the_timer()
    {
        LetterRequest request = Wait(TimeSpan.FromMilliseconds(20));
        _client.Post("in time"u8);
        LetterRequest next = Wait();
        _machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Ends(request, NtStatus.Success, "in time");
        Assert.Equal(NtStatus.Timeout, next.Wait(TimeSpan.Zero, out _));
    }

    [Fact]
    public void A_timer_that_fires_as_the_letter_comes_leaves_the_next_user_of_the_request_alone()
    {
        int processor;
        using (KernelScope scope = _machine.EnterKernel())
        {
            processor = scope.Thread.ProcessorNumber;
        }

        LetterRequest late = Wait(TimeSpan.FromMilliseconds(1));
        List<LetterRequest> next = [];
        _machine.RunOnProcessor(processor, Irql.Dispatch, _ =>
        {
            // The DPC is queued to this processor and cannot run yet; meanwhile the request ends, and its IRP is used again.
            _machine.Clock.Advance(TimeSpan.FromMilliseconds(1));
            HostThread.Run(() =>
            {
                _client.Post("in time"u8);
                for (int i = 0; i < 32; i++)
                {
                    Wait();
                }

                _client.Cancel(); // so many IRPs are free now that the oldest is taken next
                next.AddRange(Enumerable.Range(0, 32).Select(_ => Wait()));
            }).Join();
        });

        Ends(late, NtStatus.Success, "in time");
        Assert.All(next, request => Assert.Equal(NtStatus.Timeout, request.Wait(TimeSpan.Zero, out byte[] _)));
    }

    [Fact]
    public void It_is_not_unloaded_while_a_request_waits()
    {
        LetterRequest request = Wait();
        Assert.Equal(NtStatus.InvalidDeviceState, _machine.UnloadDriver(_driver));
        _client.Post("still here"u8);
        Ends(request, NtStatus.Success, "still here");
        _client.Dispose();
        Assert.Equal(NtStatus.Success, _machine.UnloadDriver(_driver));
        Assert.Equal(NtStatus.ObjectNameNotFound, MailboxClient.Open(_process.Gate, out _));
    }

    [Fact]
    public void Shutting_down_ends_what_waits_and_frees_what_was_posted()
    {
        _client.Post("never read"u8);
        _client.Post("nor this"u8);
        Assert.Contains(new PoolTag("Mail"), _machine.Pool.TagsInUse);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void Shutting_down_with_requests_and_timers_leaves_nothing()
    {
        Wait(TimeSpan.FromMilliseconds(5));
        Wait();
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void Where_pool_refuses_a_letter_is_refused()
    {
        using Machine small = Machine.Boot(new MachineOptions { PoolLimit = 0 });
        small.LoadDriver(new MailboxDriver(), out _);
        MailboxClient client = Open(small.Processes.Create());
        Assert.Equal(NtStatus.InsufficientResources, client.Post("no room"u8));
    }

    [Fact]
    public void The_programs_half_names_no_kernel_type() => Assert.All(
        typeof(MailboxClient).Assembly.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("KernelSim", StringComparison.Ordinal)),
        a => Assert.Contains(a.Name, (string?[])["KernelSim.Gate", "KernelSim.Samples.Mailbox.Contract"]));

    private static MailboxClient Open(PsProcess process)
    {
        Assert.Equal(NtStatus.Success, MailboxClient.Open(process.Gate, out MailboxClient? client));
        return client!;
    }

    private static void Ends(LetterRequest request, NtStatus status, string letter)
    {
        Assert.Equal(status, request.Wait(TimeSpan.Zero, out byte[] bytes));
        Assert.Equal(letter, System.Text.Encoding.UTF8.GetString(bytes));
        request.Dispose();
    }

    private LetterRequest Wait(TimeSpan timeout = default)
    {
        Assert.Equal(NtStatus.Pending, _client.Receive(timeout, out LetterRequest? request));
        return request!;
    }

    private void OpenRaw(out NtHandle file)
    {
        byte[] name = System.Text.Encoding.Unicode.GetBytes(MailboxDevice.Win32Name);
        UserRange range = new(_process.Memory.Allocate((uint)name.Length), (uint)name.Length);
        name.CopyTo(_process.Memory.Access(range.Address, range.Length, MemoryAccess.Write, "test"));
        Assert.Equal(NtStatus.Success, _process.Gate.NtCreateFile(0, range, CreateFileOptions.None, out file));
    }
}
