using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!process</c>: processes, and what belongs to one.</summary>
internal sealed class ProcessCommand(IMachineAccess machines, IrpRows irps) : IDebuggerCommand
{
    private const uint ThreadsFlag = 2;
    private const uint HandlesFlag = 4;
    private const uint RequestsFlag = 8;

    public string Name => "!process";

    public string Arguments => "[PID [FLAGS]]";

    public string Summary => "Lists the processes, those of the latest that have ended included, or shows one.";

    public IReadOnlyList<string> Details =>
    [
        "PID 0 stands for all. FLAGS are bits: 2 shows the host threads that run on its behalf, 4 its handles, 8 its requests.",
        "A process that was ended by a fault says where it faulted.",
    ];

    public void Run(CommandCall call)
    {
        uint? pid = call.Arguments.Number("a process id") is { } given and not 0 ? given : null;
        uint flags = call.Arguments.Number("flags, such as 6") ?? 0;
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("pid", ColumnKind.Number),
            new("image", ColumnKind.Text),
            new("handles", ColumnKind.Number),
            new("administrator", ColumnKind.Flag),
            new("exited", ColumnKind.Flag),
            new("status", ColumnKind.Text),
            new("fault", ColumnKind.Text));
        List<ProcessView> found = [];
        call.Each(machines.Current.EndedProcesses.OrderBy(p => p.Id).Where(p => pid is null || p.Id == pid), ended => table.Add(
            ended.Id, ended.Name, 0, ended.IsAdministrator, true, ended.Status.ToString(), ended.Fault?.ToString()));
        call.Each(machines.Current.Processes.Where(p => pid is null || p.Id == pid), process =>
        {
            table.Add(process.Id, process.Name, process.HandleCount, process.IsAdministrator, process.HasExited, null, null);
            found.Add(process);
        });
        if (pid is not null && table.Rows.Count == 0)
        {
            throw ProcessList.NoSuch(machines.Current, Name, pid.Value);
        }

        AddParts(call, found, flags);
    }

    private void AddParts(CommandCall call, List<ProcessView> processes, uint flags)
    {
        if ((flags & ThreadsFlag) != 0)
        {
            ThreadRows.Add(call, machines.Current, "threads", t => t.IsInKernel && processes.Any(p => p.Id == t.Process?.Id));
        }

        if ((flags & HandlesFlag) != 0)
        {
            HandleRows.Add(call, "open_handles", processes);
        }

        if ((flags & RequestsFlag) != 0)
        {
            irps.Add(call, "requests", processes, _ => true);
        }
    }
}
