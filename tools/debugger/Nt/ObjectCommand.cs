using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.Nt.Ob;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!object</c>: the namespace, or one object.</summary>
internal sealed class ObjectCommand(IMachineAccess machines, ITargetAccess target) : IDebuggerCommand
{
    public string Name => "!object";

    public string Arguments => "[PATH | ADDRESS]";

    public string Summary => "Lists the names of the object manager's namespace, or shows the object at an address.";

    public IReadOnlyList<string> Details => [@"A path such as \Device or \GLOBAL?? shows the names that begin with it."];

    public void Run(CommandCall call)
    {
        string path = call.Arguments.Word() ?? @"\";
        call.Arguments.End();
        if (path.StartsWith('\\'))
        {
            List(call, path);
            return;
        }

        ObjectView found = ArgumentList.TryParseAddress(path, out ulong address)
            && target.Target.ObjectAt(address) is { } at && at.Is(typeof(ObObject).FullName!)
            ? new ObjectView(at)
            : throw new CommandException(
                $"{Name}: '{path}' given, expected a path that begins with \\, or the address of an object, as !handle lists them");
        call.Result.Member(new("type", ColumnKind.Text), found.TypeName);
        call.Result.Member(new("handles", ColumnKind.Number), found.Handles);
        call.Result.Member(new("references", ColumnKind.Number), found.References);
        call.Result.Member(new("device", ColumnKind.Text), found.Device?.Name);
        call.Result.Member(new("context", ColumnKind.Text), found.FsContext?.TypeName);
        call.Result.Member(new("context_address", ColumnKind.Pointer), found.FsContext?.Address);
    }

    private void List(CommandCall call, string path)
    {
        ResultTable table = call.Result.Table(
            new("name", ColumnKind.Text), new("type", ColumnKind.Text), new("target", ColumnKind.Text), new("address", ColumnKind.Pointer));
        void Add(string name, string type, string? leadsTo, ulong? address)
        {
            if (name.StartsWith(path, StringComparison.OrdinalIgnoreCase))
            {
                table.Add(name, type, leadsTo, address);
            }
        }

        call.Each(machines.Current.Drivers, driver =>
        {
            Add($@"\Driver\{driver.Name}", "Driver", null, driver.Object.Address);
            call.Each(driver.Devices, device => Add(device.Name, "Device", $@"\Driver\{driver.Name}", device.Object.Address));
        });
        call.Each(machines.Current.SymbolicLinks, link => Add(link.Name, "SymbolicLink", link.Target, null));
    }
}
