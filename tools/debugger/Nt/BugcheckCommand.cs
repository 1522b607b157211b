using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.Nt;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!bugcheck</c>: why the machine stopped.</summary>
internal sealed class BugcheckCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!bugcheck";

    public IReadOnlyList<string> Aliases => [".bugcheck"];

    public string Arguments => "";

    public string Summary => "Shows the bugcheck that stopped the machine, and what each processor was doing.";

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        BugcheckView? stop = machines.Current.Bugcheck;
        call.Result.Member(new("stopped", ColumnKind.Flag), stop is not null);
        if (stop is null)
        {
            return;
        }

        call.Result.Member(new("code", ColumnKind.Pointer), (ulong)stop.Code);
        call.Result.Member(new("name", ColumnKind.Text), BugcheckCodeNames.NameOf(stop.Code));
        call.Result.Member(new("parameters", ColumnKind.Texts), stop.Parameters.Select(p => $"0x{p:x}").ToArray());
        call.Result.Member(new("detail", ColumnKind.Text), stop.Detail);
        call.Result.Member(new("exception", ColumnKind.Text), stop.CauseOf(machines.Current.Drivers));
        ResultTable table = call.Result.NamedTable(
            "processors",
            new("cpu", ColumnKind.Number),
            new("irql", ColumnKind.Text),
            new("pid", ColumnKind.Number),
            new("image", ColumnKind.Text),
            new("request", ColumnKind.Number),
            new("locks", ColumnKind.Number));
        foreach (StoppedProcessor processor in stop.Processors)
        {
            table.Add(processor.Cpu, processor.Irql, processor.Process, processor.Image, processor.Request, processor.Locks);
        }
    }
}
