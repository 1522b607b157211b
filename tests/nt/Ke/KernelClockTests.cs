using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Ke;

public sealed class KernelClockTests
{
    [Fact]
    public void A_thread_that_moves_time_takes_back_no_step_of_another_thread_s_system_calls()
    {
        const int Calls = 400_000;
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create();
        ulong before = machine.Clock.InterruptTime;
        bool over = false;
        HostThread mover = HostThread.Run(() =>
        {
            while (!Volatile.Read(ref over))
            {
                machine.Clock.Advance(TimeSpan.Zero);
            }
        });
        for (int i = 0; i < Calls; i++)
        {
            process.Gate.NtClose(0, NtHandle.Invalid);
        }

        Volatile.Write(ref over, true);
        mover.Join();
        Assert.Equal(before + (10ul * Calls), machine.Clock.InterruptTime);
    }

    [Fact]
    public void Time_is_the_number_of_system_calls_on_whatever_processors_they_were_made()
    {
        const int Calls = 50_000;
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 3 });
        PsProcess process = machine.Processes.Create();
        ulong before = machine.Clock.InterruptTime;
        HostThread[] threads = [.. Enumerable.Range(0, 5).Select(_ => HostThread.Run(() =>
        {
            ulong last = 0;
            for (int i = 0; i < Calls; i++)
            {
                process.Gate.NtClose(0, NtHandle.Invalid);
                ulong now = machine.Clock.InterruptTime;
                Assert.True(now > last);
                last = now;
            }
        }))];
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(before + (10ul * Calls * (ulong)threads.Length), machine.Clock.InterruptTime);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(1000)]
    [InlineData(12345)]
    public void A_timer_fires_with_the_very_system_call_that_reaches_its_time(int ticks)
    {
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create();
        process.Gate.NtClose(0, NtHandle.Invalid);
        ulong set = machine.Clock.InterruptTime;
        ulong? fired = null;
        KDpc dpc = new(machine, _ => fired = machine.Clock.InterruptTime);
        new KTimer(machine).Set(TimeSpan.FromTicks(ticks), dpc, processor: 2);
        while (fired is null)
        {
            Assert.True(machine.Clock.InterruptTime < set + (ulong)ticks || ticks == 0, "The timer is late.");
            process.Gate.NtClose(0, NtHandle.Invalid);
        }

        Assert.Equal(set + (ulong)Math.Max(10, (ticks + 9) / 10 * 10), fired);
    }

    [Fact]
    public void A_timer_is_on_time_when_one_thread_makes_most_of_the_system_calls()
    {
        const int Steps = 1000;
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 2 });
        PsProcess process = machine.Processes.Create();
        int fired = 0;
        KDpc dpc = new(machine, _ => fired++);
        new KTimer(machine).Set(TimeSpan.FromMicroseconds(Steps), dpc, processor: 0);
        using SemaphoreSlim goOn = new(0);
        using SemaphoreSlim began = new(0);
        HostThread other = HostThread.Run(() =>
        {
            process.Gate.NtClose(0, NtHandle.Invalid);
            began.Release();
            goOn.WaitFor("the other thread's calls");
            Call(process, 299);
        });
        began.WaitFor("the first call");
        Call(process, 700);
        Assert.Equal(0, fired);
        goOn.Release();
        other.Join();
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_timer_is_on_time_after_time_was_moved_to_just_before_it()
    {
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create();
        int fired = 0;
        KDpc dpc = new(machine, _ => fired++);
        new KTimer(machine).Set(TimeSpan.FromTicks(100_000), dpc, processor: 0);
        process.Gate.NtClose(0, NtHandle.Invalid);
        machine.Clock.Advance(TimeSpan.FromTicks(100_000 - 20));
        Assert.Equal(0, fired);
        process.Gate.NtClose(0, NtHandle.Invalid);
        Assert.Equal(1, fired);
    }

    private static void Call(PsProcess process, int times)
    {
        for (int i = 0; i < times; i++)
        {
            process.Gate.NtClose(0, NtHandle.Invalid);
        }
    }
}
