using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Samples.Echo;

namespace KernelSim.Nt.Tests.Ps;

public sealed class PsProcessTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Processes_have_ids_that_are_multiples_of_four_and_what_they_were_created_with()
    {
        PsProcess one = _machine.Processes.Create(new ProcessOptions { Name = "one.exe", Administrator = false, Heap = HeapMode.Packed });
        PsProcess two = _machine.Processes.Create();
        Assert.Equal((8, 12), (one.Id, two.Id));
        Assert.Equal(("one.exe", false, HeapMode.Packed), (one.Name, one.Token.IsAdministrator, one.Memory.HeapMode));
        Assert.Equal(("app.exe", true, HeapMode.Guarded), (two.Name, two.Token.IsAdministrator, two.Memory.HeapMode));
        Assert.Equal([one, two], _machine.Processes.All);
        Assert.Equal((8, false, 4), (one.Gate.ProcessId, one.Gate.HasExited, one.Gate.MaximumProcessorCount));
        Assert.Same(one.Memory, one.Gate.Memory);
    }

    [Fact]
    public void A_process_ends_once_with_the_first_status()
    {
        PsProcess process = _machine.Processes.Create();
        Assert.Null(process.ExitStatus);
        process.Terminate(NtStatus.Unsuccessful);
        process.Terminate(NtStatus.Success);
        Assert.True(process.HasExited);
        Assert.Equal(NtStatus.Unsuccessful, process.ExitStatus);
        Assert.Null(process.Fault);
        Assert.Empty(_machine.Processes.All);
        Assert.DoesNotContain("Process", _machine.Objects.LiveObjects.Keys);
    }

    [Fact]
    public void After_its_end_nothing_can_be_done_through_its_gate()
    {
        PsProcess process = _machine.Processes.Create();
        ulong block = process.Memory.Allocate(16);
        process.Terminate(NtStatus.Success);
        ISystemGate gate = process.Gate;

        Assert.True(gate.HasExited);
        Assert.False(gate.BeginCall(out ulong request));
        Assert.Equal(0ul, request);
        Assert.Equal(NtStatus.ProcessIsTerminating, gate.NtCreateFile(1, new UserRange(block, 16), CreateFileOptions.None, out _));
        Assert.Equal(NtStatus.ProcessIsTerminating, gate.NtClose(1, new NtHandle(4)));
        Assert.Equal(NtStatus.ProcessIsTerminating, gate.NtCreateEvent(1, true, true, out _));
        Assert.Equal(NtStatus.ProcessIsTerminating, gate.NtWaitForSingleObject(1, new NtHandle(4), TimeSpan.Zero));
        Assert.Equal(NtStatus.ProcessIsTerminating, gate.NtCancelIoFile(1, new NtHandle(4)));
        Assert.Equal(NtStatus.ProcessIsTerminating, gate.NtDeviceIoControlFile(
            1, new NtHandle(4), NtHandle.Invalid, block, EchoDevice.Echo, UserRange.Null, UserRange.Null));
        Assert.Equal(NtStatus.ProcessIsTerminating, gate.NtTerminateProcess(NtStatus.Success));
        gate.UnhandledFault(1, default);
        gate.EndCall(1);
        Assert.Null(process.Fault);

        ProcessExitedException exit = Assert.Throws<ProcessExitedException>(
            () => { process.Memory.Access(block, 1, MemoryAccess.Read, "test"); });
        Assert.Equal(process.Id, exit.ProcessId);
        Assert.Throws<ProcessExitedException>(() => process.Memory.Allocate(1));
        process.Memory.Free(block);
        Assert.False(process.Memory.TryAccess(block, 1, MemoryAccess.Read, "test", out _, out _));
        Assert.True(process.Memory.TryGetHeapBlock(block, out UserRange remembered));
        Assert.Equal(new UserRange(block, 16), remembered);
    }

    [Fact]
    public void A_span_stays_valid_until_the_call_that_pins_it_ends()
    {
        PsProcess process = _machine.Processes.Create();
        ulong block = process.Memory.Allocate(64);
        Assert.True(process.Gate.BeginCall(out ulong request));
        Span<byte> bytes = process.Memory.Access(block, 64, MemoryAccess.Write, "test");
        HostThread.Run(() => process.Terminate(NtStatus.Success)).Join();
        bytes.Fill(0x11);
        Assert.Equal(0x11, bytes[63]);
        Assert.True(process.Memory.TryAccess(block, 64, MemoryAccess.Read, "test", out _, out _));
        process.Gate.EndCall(request);
        Assert.False(process.Memory.TryAccess(block, 64, MemoryAccess.Read, "test", out _, out _));
    }

    [Fact]
    public void Calls_are_numbered_by_the_machine_and_system_calls_of_no_call_too()
    {
        using Machine machine = Machine.Boot(new MachineOptions { RequestIdBase = 1000 });
        PsProcess one = machine.Processes.Create();
        PsProcess two = machine.Processes.Create();
        one.Gate.BeginCall(out ulong first);
        two.Gate.BeginCall(out ulong second);
        one.Gate.NtClose(0, new NtHandle(4));
        one.Gate.NtClose(first, new NtHandle(4));
        one.Gate.BeginCall(out ulong fourth);
        Assert.Equal((1001ul, 1002ul, 1004ul), (first, second, fourth));
        one.Gate.EndCall(first);
        one.Gate.EndCall(fourth);
        two.Gate.EndCall(second);
    }

    [Fact]
    public void Calls_that_threads_take_turns_in_are_numbered_in_that_order()
    {
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create();
        List<ulong> ids = [];
        using Barrier turn = new(2);
        HostThread[] threads = [.. Enumerable.Range(0, 2).Select(number => HostThread.Run(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                if (i % 2 == number)
                {
                    Assert.True(process.Gate.BeginCall(out ulong id));
                    ids.Add(id);
                    process.Gate.EndCall(id);
                }

                turn.WaitFor("the other thread's turn");
            }
        }))];
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (ulong)i), ids);
    }

    [Fact]
    public void Calls_of_threads_that_run_at_once_have_numbers_of_their_own_that_ascend()
    {
        const int Calls = 100_000;
        using Machine machine = Machine.Boot();
        HostThread[] threads = new HostThread[3];
        ulong[][] ids = [.. threads.Select(_ => new ulong[Calls])];
        using Barrier start = new(threads.Length);
        for (int i = 0; i < threads.Length; i++)
        {
            ulong[] mine = ids[i];
            PsProcess process = machine.Processes.Create();
            threads[i] = HostThread.Run(() =>
            {
                start.WaitFor("the other threads to start");
                for (int call = 0; call < Calls; call++)
                {
                    process.Gate.BeginCall(out mine[call]);
                    process.Gate.EndCall(mine[call]);
                }
            });
        }

        Array.ForEach(threads, t => t.Join());
        Assert.All(ids, mine => Assert.True(mine.Zip(mine.Skip(1)).All(pair => pair.First < pair.Second)));
        Assert.Equal(Calls * threads.Length, ids.SelectMany(mine => mine).Distinct().Count());
        Assert.InRange(ids.Max(mine => mine[^1]), (ulong)(Calls * threads.Length), (ulong)((Calls * threads.Length) + (64 * threads.Length)));
    }

    [Fact]
    public void A_call_may_end_on_another_thread_than_it_began_on()
    {
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create();
        ulong region = process.Memory.AllocateRegion(4096, PageProtection.ReadWrite);
        Assert.True(process.Gate.BeginCall(out ulong id));
        HostThread.Run(() =>
        {
            process.Memory.FreeRegion(region);
            Assert.Equal(4096, process.Memory.BytesHeldForCalls);
            process.Gate.NtClose(0, NtHandle.Invalid);
            Assert.Equal(4096, process.Memory.BytesHeldForCalls);
            process.Gate.EndCall(id);
        }).Join();
        Assert.Equal(0, process.Memory.BytesHeldForCalls);
    }

    [Fact]
    public void An_unhandled_fault_ends_the_process_and_is_kept()
    {
        using MachineEvents events = new(besideOthers: true);
        using Machine machine = Machine.Boot(new MachineOptions { RequestIdBase = events.RequestIdBase });
        PsProcess process = machine.Processes.Create();
        ulong block = process.Memory.Allocate(8);
        process.Gate.BeginCall(out ulong request);
        AccessViolationFault fault = Assert.Throws<AccessViolationFault>(
            () => { process.Memory.Access(block, 72, MemoryAccess.Write, "library:test"); });
        process.Gate.UnhandledFault(request, fault.Violation);
        Assert.True(process.HasExited);
        Assert.Equal(NtStatus.AccessViolation, process.ExitStatus);
        Assert.Equal(fault.Violation, process.Fault);
        Assert.Contains($"AccessViolation 1 0 8 write {block + 8} 72 library:test", events.Texts);
        Assert.Contains("ProcessStop 1 0 8 STATUS_ACCESS_VIOLATION", events.Texts);
        process.Gate.EndCall(request);
        ProcessExitedException exit = Assert.Throws<ProcessExitedException>(() => process.Memory.Allocate(1));
        Assert.Equal(fault.Violation, exit.Violation);
    }

    [Fact]
    public void A_process_may_end_itself()
    {
        PsProcess process = _machine.Processes.Create();
        Assert.Equal(NtStatus.Success, process.Gate.NtTerminateProcess(NtStatus.Cancelled));
        Assert.Equal(NtStatus.Cancelled, process.ExitStatus);
        Assert.Empty(_machine.Processes.All);
    }

    [Fact]
    public void Events_are_waited_for_until_somebody_sets_them_or_the_process_ends()
    {
        PsProcess process = _machine.Processes.Create();
        ISystemGate gate = process.Gate;
        gate.NtCreateEvent(0, manualReset: false, initialState: true, out NtHandle handle);
        Assert.Equal(NtStatus.Success, gate.NtWaitForSingleObject(0, handle, TimeSpan.Zero));
        Assert.Equal(NtStatus.Timeout, gate.NtWaitForSingleObject(0, handle, TimeSpan.Zero));
        Assert.Equal(NtStatus.InvalidHandle, gate.NtWaitForSingleObject(0, new NtHandle(0x100), TimeSpan.Zero));

        NtStatus waited = default;
        HostThread waiter = HostThread.Run(() => waited = gate.NtWaitForSingleObject(0, handle, Timeout.InfiniteTimeSpan));
        process.Terminate(NtStatus.Success);
        waiter.Join();
        Assert.Equal(NtStatus.ProcessIsTerminating, waited);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void Ending_one_at_dispatch_level_closes_its_handles_back_at_passive_level()
    {
        _machine.LoadDriver(new EchoDriver(), out _);
        PsProcess process = _machine.Processes.Create();
        new EchoUser(process).Open(out _);
        _machine.RunOnProcessor(0, Irql.Dispatch, _ =>
        {
            process.Terminate(NtStatus.Success);
            Assert.True(process.HasExited);
            Assert.Equal(1, process.Handles.Count);
        });
        Assert.Equal(0, process.Handles.Count);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_refusal_is_known_to_the_process_that_was_refused_only()
    {
        PsProcess process = _machine.Processes.Create();
        PsProcess other = _machine.Processes.Create();
        using (KernelScope scope = _machine.EnterKernel(process))
        {
            scope.Thread.RequestId = 77;
            Assert.True(scope.Thread.Require(true, Protocol.Checks.CheckTable.IoProbeInput, "test", 1, 1));
            Assert.False(process.Gate.TryGetRefusal(77, out _));
            Assert.False(scope.Thread.Require(false, Protocol.Checks.CheckTable.IoProbeInput, "test", 3, 8));
        }

        Assert.True(process.Gate.TryGetRefusal(77, out CheckRefusal refusal));
        Assert.Equal(new CheckRefusal(2101, 3, 8), refusal);
        Assert.False(process.Gate.TryGetRefusal(78, out _));
        Assert.False(other.Gate.TryGetRefusal(77, out _));
        Assert.False(process.Gate.TryGetRefusal(0, out _));
    }
}
