using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Ke.Recorder;

public sealed class FlightRecorderTests : IDisposable
{
    private static readonly PoolTag s_tag = new("Rcdr");

    private readonly Machine _machine = Machine.Boot(new MachineOptions { Processors = 2 });

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Drivers_and_processes_that_come_and_go_are_recorded_by_name()
    {
        _machine.LoadDriver(new TestDriver(), out DriverObject? driver);
        PsProcess process = _machine.Processes.Create(new ProcessOptions { Name = "a process whose name is longer than 32 bytes.exe" });
        process.Terminate(new NtStatus(0xC000013A));
        _machine.UnloadDriver(driver!);

        FlightEntry[] records = Without(FlightKind.IrqlRaise, FlightKind.IrqlLower);
        Assert.Equal(["driver_load", "process_start", "process_exit", "driver_unload"], records.Select(r => r.Name));
        Assert.Equal(
            [
                "Test → STATUS_SUCCESS",
                $"a process whose name is longer t pid {process.Id}",
                $"a process whose name is longer t pid {process.Id} → {new NtStatus(0xC000013A).Name}",
                "Test → STATUS_SUCCESS",
            ],
            records.Select(r => r.Text));
    }

    [Fact]
    public void A_system_call_is_recorded_with_its_handle_and_its_error()
    {
        PsProcess process = _machine.Processes.Create();
        Assert.Equal(NtStatus.InvalidHandle, process.Gate.NtClose(77, new NtHandle(0x44)));

        FlightEntry[] records = [.. All().Where(r => r.Request == 77)];
        Assert.Equal([$"NtClose pid {process.Id}: 0x44", $"NtClose pid {process.Id} → STATUS_INVALID_HANDLE"], records.Select(r => r.Text));
    }

    [Fact]
    public void A_range_that_cannot_be_read_is_recorded_before_the_request_it_refuses()
    {
        _machine.LoadDriver(new TestDriver(), out _);
        EchoUser user = new(_machine.Processes.Create());
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        UserRange block = user.Room(EchoUser.StatusBlockBytes);
        UserRange room = user.Room(8);
        user.Gate.NtDeviceIoControlFile(
            900, file, NtHandle.Invalid, block.Address, TestDriver.Code, new UserRange(room.Address, 4096 * 4), UserRange.Null);

        FlightEntry[] records = [.. All().Where(r => r.Request == 900)];
        Assert.Equal(["access_violation", "refusal", "completed"], records.Select(r => r.Name));
        Assert.Equal((uint)SystemChecks.IoProbeInput.Number, records[1].Code);
        Assert.Equal([8, 4096 * 4], records[1].Numbers.Take(2));
        Assert.Contains("io.probe.input (KS2101) refused pid 8: 8 given, expected at least 16384", records[1].Text, StringComparison.Ordinal);
        Assert.Equal(NtStatus.AccessViolation, records[2].Status);
        Assert.Equal(
            $"{TestDriver.Code} pid 8: 16384 bytes in, 0 bytes out → STATUS_ACCESS_VIOLATION, 0 bytes; copied nothing", records[2].Text);
    }

    [Fact]
    public void The_newest_come_last_and_no_more_than_asked_for()
    {
        InKernel(thread => Write(thread, 1, 10));
        Assert.Equal([8, 9, 10], _machine.FlightRecorder.Read(3).Select(r => r.Numbers[0]));
        Assert.Empty(_machine.FlightRecorder.Read(0));
    }

    [Fact]
    public void A_bugcheck_on_a_processor_that_was_idle_is_the_newest()
    {
        PsProcess process = _machine.Processes.Create();
        for (int i = 0; i < 5; i++)
        {
            process.Gate.NtClose(0, new NtHandle(0x44));
        }

        Assert.Throws<BugcheckException>(() => _machine.RunOnProcessor(1, Irql.Dispatch, _ => _machine.BugCheck(BugcheckCode.BadPoolCaller)));

        Assert.Equal("bugcheck", Assert.Single(_machine.FlightRecorder.Read(1)).Name);
    }

    [Fact]
    public void A_process_that_starts_comes_after_the_requests_before_it()
    {
        PsProcess first = _machine.Processes.Create();
        using (_machine.EnterKernel(processor: 1))
        {
            first.Gate.NtClose(0, new NtHandle(0x44));
        }

        PsProcess second = _machine.Processes.Create();

        Assert.Equal($"app.exe pid {second.Id}", Without(FlightKind.IrqlRaise, FlightKind.IrqlLower)[^1].Text);
    }

    [Fact]
    public void A_full_ring_keeps_the_newest()
    {
        int records = _machine.FlightRecorder.RecordsPerProcessor;
        InKernel(thread => Write(thread, 1, (3 * records) + 5));
        FlightEntry[] read = [.. _machine.FlightRecorder.Read(int.MaxValue)];
        Assert.InRange(read.Length, records - 16, records);
        Assert.Equal(Enumerable.Range((3 * records) + 6 - read.Length, read.Length).Select(n => (long)n), read.Select(r => r.Numbers[0]));
        Assert.Equal(read.Select(r => r.Sequence).Order(), read.Select(r => r.Sequence));
    }

    [Fact]
    public void Processors_are_merged_in_the_order_of_their_requests()
    {
        for (ulong request = 1; request <= 20; request++)
        {
            using KernelScope scope = _machine.EnterKernel(null, (int)(request % 2));
            scope.Thread.RequestId = request;
            Write(scope.Thread, (int)request, (int)request);
        }

        FlightEntry[] read = All();
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (ulong)n), read.Select(r => r.Request));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => n % 2), read.Select(r => r.Processor));
    }

    [Fact]
    public void Threads_that_share_a_processor_lose_none_of_their_records()
    {
        const int Each = 500;
        using Barrier together = new(3);
        HostThreads.Run([.. Enumerable.Range(0, 3).Select<int, Action>(n => () =>
        {
            together.WaitFor("the other threads");
            using KernelScope scope = _machine.EnterKernel(null, 1);
            for (int i = 0; i < Each; i++)
            {
                scope.Thread.Record(FlightKind.FirstOfDrivers, n, i);
            }
        })]);

        ILookup<long, long> byThread = All().ToLookup(r => r.Numbers[0], r => r.Numbers[1]);
        Assert.All(Enumerable.Range(0, 3), n => Assert.Equal(Enumerable.Range(0, Each).Select(i => (long)i), byThread[n]));
    }

    [Fact]
    public void What_is_read_while_threads_write_is_whole()
    {
        using CancellationTokenSource done = new();
        HostThread[] writers = [.. Enumerable.Range(0, 2).Select(_ => HostThread.Run(() =>
        {
            using KernelScope scope = _machine.EnterKernel(null, 0);
            for (long i = 1; !done.IsCancellationRequested; i++)
            {
                scope.Thread.RequestId = (ulong)i;
                scope.Thread.Record(FlightKind.FirstOfDrivers, i, ~i);
            }
        }))];
        for (int round = 0; round < 50; round++)
        {
            foreach (FlightEntry entry in _machine.FlightRecorder.Read(int.MaxValue))
            {
                Assert.Equal((entry.Request, ~entry.Numbers[0]), ((ulong)entry.Numbers[0], entry.Numbers[1]));
            }
        }

        done.Cancel();
        Array.ForEach(writers, w => w.Join());
    }

    [Fact]
    public void The_rings_are_in_pool_under_their_tag_and_are_no_leak()
    {
        Assert.Equal((0, 0), _machine.Pool.Usage(s_tag));
        InKernel(thread => Write(thread, 1, 1));
        (long bytes, long blocks) = _machine.Pool.Usage(s_tag);
        Assert.Equal(1, blocks);
        Assert.InRange(bytes, 64L * _machine.FlightRecorder.RecordsPerProcessor, (64L * _machine.FlightRecorder.RecordsPerProcessor) + 128);
        Assert.Equal(0, _machine.Pool.BytesInUse);
        Assert.DoesNotContain(s_tag, _machine.Pool.TagsInUse);
        Assert.Empty(_machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_stopped_machine_can_be_read_and_its_stop_is_the_last_record()
    {
        PsProcess process = _machine.Processes.Create();
        Stop.By(_machine, () =>
        {
            using KernelScope scope = _machine.EnterKernel(process, 1);
            scope.Thread.RequestId = 42;
            _machine.BugCheck(BugcheckCode.BadPoolCaller, 7, 0xABC);
        });

        FlightEntry last = _machine.FlightRecorder.Read()[^1];
        Assert.Equal((FlightKind.Bugcheck, 42ul, 1, process.Id), (last.Kind, last.Request, last.Processor, last.Process));
        Assert.Equal("BAD_POOL_CALLER (0xC2): 0x7, 0xabc, 0x0, 0x0", last.Text);
        Assert.Equal([7, 0xABC, 0, 0], last.Numbers);
    }

    [Fact]
    public void The_requests_that_threads_are_inside_when_the_machine_stops_are_recorded()
    {
        using ManualResetEventSlim inside = new();
        using ManualResetEventSlim stopped = new();
        _machine.LoadDriver(
            new TestDriver
            {
                DeviceControl = (current, _, irp) =>
                {
                    if (irp.InputLength == 24)
                    {
                        current.Machine.BugCheck(BugcheckCode.BadPoolCaller, 7);
                    }

                    if (irp.InputLength == 16)
                    {
                        inside.Set();
                        stopped.WaitFor("the end of the machine");
                    }

                    return TestDriver.Complete(current, irp, NtStatus.Success);
                },
            },
            out _);
        (EchoUser first, EchoUser second) = (new(_machine.Processes.Create()), new(_machine.Processes.Create()));
        first.Open(out NtHandle firstFile, name: TestDriver.DeviceName);
        second.Open(out NtHandle secondFile, name: TestDriver.DeviceName);
        HostThread waiting = HostThread.Run(() => Record.Exception(() => first.Send(firstFile, TestDriver.Code, new byte[16], 4)));
        inside.WaitFor("the first request");
        Stop.By(_machine, () =>
        {
            second.Send(secondFile, TestDriver.Code, new byte[8], 0);
            second.Send(secondFile, TestDriver.Code, new byte[24], 32);
        });
        stopped.Set();
        waiting.Join();

        Assert.Equal(
            [
                $"{TestDriver.Code} pid 8: 16 bytes in, 4 bytes out; not completed when the machine stopped",
                $"{TestDriver.Code} pid 12: 24 bytes in, 32 bytes out; not completed when the machine stopped",
            ],
            All().Where(r => r.Kind == FlightKind.Ioctl).OrderBy(r => r.Process).Select(r => r.Text));
        Assert.Equal([8], All().Where(r => r.Kind == FlightKind.IoctlCompleted && r.Process == 12).Select(r => (int)r.Numbers[2]));
    }

    [Fact]
    public void A_level_that_is_raised_is_recorded_in_checked_builds_only()
    {
        InKernel(thread =>
        {
            using IrqlScope raised = thread.RaiseIrql(Irql.Dispatch);
        });
        Assert.Equal(
            FlightRecorder.RecordsLevels ? ["PASSIVE_LEVEL → DISPATCH_LEVEL", "DISPATCH_LEVEL → PASSIVE_LEVEL"] : [],
            All().Select(r => r.Text));
    }

    [Fact]
    public void A_disposed_machine_has_no_records()
    {
        InKernel(thread => Write(thread, 1, 1));
        _machine.Dispose();
        Assert.Empty(_machine.FlightRecorder.Read());
    }

    private static void Write(KeThread thread, int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            thread.Record(FlightKind.FirstOfDrivers, i, 0);
        }
    }

    private void InKernel(Action<KeThread> code)
    {
        using KernelScope scope = _machine.EnterKernel();
        code(scope.Thread);
    }

    private FlightEntry[] All() => [.. _machine.FlightRecorder.Read(int.MaxValue)];

    private FlightEntry[] Without(params FlightKind[] kinds) => [.. All().Where(r => !kinds.Contains(r.Kind))];
}
