using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!handle</c>: the handles of a process.</summary>
internal sealed class HandleCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!handle";

    public string Arguments => "[PID]";

    public string Summary => "Lists the open handles of a process, or of all, and what they refer to.";

    public IReadOnlyList<string> Details => ["A handle of an eBPF object has the object's type and id; its kernel object is a file."];

    public void Run(CommandCall call)
    {
        uint? pid = call.Arguments.Number("a process id");
        call.Arguments.End();
        HandleRows.Add(
            call,
            CommandResult.Rows,
            pid is null or 0 ? machines.Current.Processes : [ProcessList.Find(machines.Current, Name, pid.Value)]);
    }
}
