using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Samples.Echo;

namespace KernelSim.Nt.Tests.Ps;

/// <summary>A process killed at every step of what it does: whatever it was doing, nothing of it is left.</summary>
public sealed class ProcessDeathTests
{
    public static TheoryData<HeapMode> Heaps => [HeapMode.Guarded, HeapMode.Packed];

    [Theory]
    [MemberData(nameof(Heaps))]
    public void Killed_by_itself_in_the_middle_of_any_step_it_leaves_nothing(HeapMode heap) => KillAtEveryStep(heap, fromAnotherThread: false);

    [Theory]
    [MemberData(nameof(Heaps))]
    public void Killed_by_another_thread_in_the_middle_of_any_step_it_leaves_nothing(HeapMode heap) => KillAtEveryStep(heap, fromAnotherThread: true);

    private static void KillAtEveryStep(HeapMode heap, bool fromAnotherThread)
    {
        // First without killing, to learn how many steps there are.
        int steps = Run(heap, killAt: -1, fromAnotherThread, out bool died);
        Assert.False(died);
        Assert.True(steps > 50, $"{steps} events are too few to prove much");
        for (int step = 0; step < steps; step++)
        {
            Run(heap, step, fromAnotherThread, out died);
            Assert.True(died, $"step {step} did not come");
        }
    }

    private static int Run(HeapMode heap, int killAt, bool fromAnotherThread, out bool died)
    {
        PsProcess? victim = null;
        using MachineEvents events = new(besideOthers: true);
        int next = 0;
        events.OnEvent = _ =>
        {
            if (Interlocked.Increment(ref next) - 1 == killAt)
            {
                Kill(victim!, fromAnotherThread);
            }
        };
        using Machine machine = Machine.Boot(new MachineOptions { RequestIdBase = events.RequestIdBase });
        Assert.Equal(NtStatus.Success, machine.LoadDriver(new EchoDriver(), out DriverObject? driver));
        victim = machine.Processes.Create(new ProcessOptions { Heap = heap });
        try
        {
            Live(new EchoUser(victim));
        }
        catch (ProcessExitedException exit)
        {
            Assert.Equal(victim.Id, exit.ProcessId);
        }

        died = victim.HasExited;
        int steps = events.Events.Count;
        victim.Terminate(NtStatus.Success);
        Assert.Equal(0, victim.Handles.Count);
        Assert.Equal(0, victim.PoolQuotaUsed);
        Assert.Equal(0, driver!.OpenFiles);
        Assert.Equal(0, driver.OutstandingRequests);
        Assert.Equal(0, machine.Pool.BytesInUse);
        Assert.Empty(machine.Objects.LiveObjects);
        Assert.Equal(NtStatus.Success, machine.UnloadDriver(driver));
        Assert.Equal([], machine.Shutdown().Leaks);
        return steps;
    }

    private static void Kill(PsProcess victim, bool fromAnotherThread)
    {
        if (fromAnotherThread)
        {
            HostThread.Run(() => victim.Terminate(NtStatus.Unsuccessful)).Join();
        }
        else
        {
            victim.Terminate(NtStatus.Unsuccessful);
        }
    }

    /// <summary>What the process does: every system call, requests that complete, fail, wait and are cancelled.</summary>
    private static void Live(EchoUser user)
    {
        if (!user.Gate.BeginCall(out ulong request))
        {
            return;
        }

        user.Open(out NtHandle file);
        user.Open(out NtHandle overlapped, CreateFileOptions.None);
        user.Gate.NtCreateEvent(request, manualReset: false, initialState: false, out NtHandle done);
        user.Send(file, EchoDevice.Echo, new byte[5000], 5000);
        user.Send(file, EchoDevice.Echo, new byte[2], 2);
        user.Gate.NtDeviceIoControlFile(
            request, file, NtHandle.Invalid, 0, EchoDevice.Echo, UserRange.Null, UserRange.Null);
        for (int round = 0; round < 2; round++)
        {
            UserRange block = user.Room(EchoUser.StatusBlockBytes);
            UserRange output = user.Room(8);
            user.Gate.NtDeviceIoControlFile(
                request, overlapped, done, block.Address, EchoDevice.EchoLater, user.Put(new byte[8]), output);
            if (round == 0)
            {
                user.Send(file, EchoDevice.Release, [], 0);
                user.Gate.NtWaitForSingleObject(request, done, Timeout.InfiniteTimeSpan);
            }
            else
            {
                user.Gate.NtCancelIoFile(request, overlapped);
            }
        }

        user.Gate.NtClose(request, done);
        user.Gate.NtClose(request, file);
        user.Gate.NtClose(request, overlapped);
        user.Gate.EndCall(request);
    }
}
