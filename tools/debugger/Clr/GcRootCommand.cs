using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Clr;

/// <summary><c>gcroot</c>: what keeps an object alive.</summary>
internal sealed class GcRootCommand(ITargetAccess target) : IDebuggerCommand
{
    public string Name => "gcroot";

    public string Arguments => "ADDRESS";

    public string Summary => "Shows a chain of references that keeps the object at an address alive.";

    public void Run(CommandCall call)
    {
        ulong address = call.Arguments.RequiredAddress();
        call.Arguments.End();
        IHeapSource heap = target.Require<IHeapSource>("managed heap to walk");
        if (target.Target.ObjectAt(address) is null)
        {
            throw new CommandException($"{Name}: 0x{address:x} given, expected the address of an object");
        }

        ResultTable table = call.Result.Table(new("address", ColumnKind.Pointer), new("type", ColumnKind.Text));
        foreach (HeapLink link in heap.FindRoot(address))
        {
            table.Add(link.Address, link.Type);
        }
    }
}
