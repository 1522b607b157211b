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
}
