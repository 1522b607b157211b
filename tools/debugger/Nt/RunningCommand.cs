using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!running</c>: threads in the kernel.</summary>
internal sealed class RunningCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!running";

    public string Arguments => "";

    public string Summary => "Lists the host threads that are in the kernel: on which processor, for which process and request.";

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        ThreadRows.Add(call, machines.Current, CommandResult.Rows, t => t.IsInKernel);
    }
}
