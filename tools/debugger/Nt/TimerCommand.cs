using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!timer</c>: time and timers.</summary>
internal sealed class TimerCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!timer";

    public string Arguments => "";

    public string Summary => "Shows the machine's time, and the timers that are set, the next due first.";

    public IReadOnlyList<string> Details => ["Times are in units of 100 ns, since boot."];

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        ClockView clock = machines.Current.Clock;
        ulong now = clock.InterruptTime;
        call.Result.Member(new("interrupt_time", ColumnKind.Number), now);
        ResultTable table = call.Result.Table(
            new("due", ColumnKind.Number),
            new("due_in", ColumnKind.Number),
            new("period", ColumnKind.Number),
            new("cpu", ColumnKind.Number),
            new("routine", ColumnKind.Text),
            new("address", ColumnKind.Pointer));
        call.Each(clock.Timers, timer => table.Add(
            timer.Due, (long)(timer.Due - now), timer.Period, timer.Processor, timer.Dpc.Routine, timer.Address));
    }
}
