using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!machine</c>: the machines of the target.</summary>
internal sealed class MachineCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!machine";

    public string Arguments => "[N]";

    public string Summary => "Lists the machines; with a number, makes that machine the one that commands are about.";

    public void Run(CommandCall call)
    {
        if (call.Arguments.Number("a machine's number") is { } number)
        {
            machines.Select(number);
        }

        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("id", ColumnKind.Number),
            new("cpus", ColumnKind.Number),
            new("processes", ColumnKind.Number),
            new("drivers", ColumnKind.Number),
            new("stopped", ColumnKind.Flag),
            new("bugcheck", ColumnKind.Text),
            new("current", ColumnKind.Flag));
        call.Each(machines.All, machine => Add(table, machine));
    }

    private void Add(ResultTable table, MachineView machine)
    {
        BugcheckView? bugcheck = machine.Bugcheck;
        table.Add(
            machine.Number,
            machine.Cpus,
            machine.Processes.Count(),
            machine.Drivers.Count(),
            bugcheck is not null,
            bugcheck?.Code.ToString(),
            machine.Number == machines.Current.Number);
    }
}
