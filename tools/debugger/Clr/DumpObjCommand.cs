using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Clr;

/// <summary><c>dumpobj</c>: an object of the runtime.</summary>
internal sealed class DumpObjCommand(ITargetAccess target) : IDebuggerCommand
{
    public string Name => "dumpobj";

    public IReadOnlyList<string> Aliases => ["do"];

    public string Arguments => "ADDRESS";

    public string Summary => "Shows the type and the fields of the object at an address.";

    public void Run(CommandCall call)
    {
        ulong address = call.Arguments.RequiredAddress();
        call.Arguments.End();
        ITargetObject found = target.Target.ObjectAt(address)
            ?? throw new CommandException($"{Name}: 0x{address:x} given, expected the address of an object");
        call.Result.Member(new("type", ColumnKind.Text), found.TypeName);
        ResultTable table = call.Result.Table(
            new("offset", ColumnKind.Number), new("field", ColumnKind.Text), new("type", ColumnKind.Text), new("value", ColumnKind.Text));
        foreach (TargetField field in found.Fields)
        {
            table.Add(field.Offset, field.Name, field.Type, field.Value);
        }
    }
}
