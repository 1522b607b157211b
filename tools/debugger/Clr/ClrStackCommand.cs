using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Clr;

/// <summary><c>clrstack</c>: the managed stacks of all threads.</summary>
internal sealed class ClrStackCommand(ITargetAccess target) : IDebuggerCommand
{
    private const int MostFrames = 500;

    public string Name => "clrstack";

    public string Arguments => "[THREAD]";

    public string Summary => "Shows the managed stacks of all host threads, or of the one with that managed id.";

    public void Run(CommandCall call)
    {
        uint? wanted = call.Arguments.Number("a managed thread id");
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("thread", ColumnKind.Number),
            new("os_thread", ColumnKind.Number),
            new("sp", ColumnKind.Pointer),
            new("ip", ColumnKind.Pointer),
            new("method", ColumnKind.Text));
        foreach (TargetThread thread in target.Require<IStackSource>("stacks").ReadThreads(MostFrames))
        {
            foreach (TargetFrame frame in wanted is null || thread.ManagedId == wanted ? thread.Frames : [])
            {
                string method = frame.Type.Length == 0 ? $"[{frame.Method}]" : $"{frame.Type}.{frame.Method}";
                table.Add(thread.ManagedId, thread.OsId, frame.StackPointer, frame.InstructionPointer, method);
            }
        }
    }
}
