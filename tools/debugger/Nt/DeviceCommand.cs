using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!devobj</c>: devices.</summary>
internal sealed class DeviceCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!devobj";

    public string Arguments => "[NAME]";

    public string Summary => "Lists the devices with their drivers and open files.";

    public void Run(CommandCall call)
    {
        string? name = call.Arguments.Word();
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("name", ColumnKind.Text),
            new("driver", ColumnKind.Text),
            new("open_files", ColumnKind.Number),
            new("administrators_only", ColumnKind.Flag),
            new("links", ColumnKind.Texts),
            new("extension", ColumnKind.Text),
            new("address", ColumnKind.Pointer));
        (string Name, string Target)[] links = [.. machines.Current.SymbolicLinks];
        call.Each(machines.Current.Drivers.SelectMany(d => d.Devices).Where(d => name is null || IsSame(d.Name, name)), device => table.Add(
            device.Name,
            device.Driver.Name,
            device.OpenFiles,
            device.AdministratorsOnly,
            links.Where(l => IsSame(l.Target, device.Name)).Select(l => l.Name).ToArray(),
            device.Extension?.TypeName,
            device.Object.Address));
        if (name is not null && table.Rows.Count == 0)
        {
            string[] names = [.. machines.Current.Drivers.SelectMany(d => d.Devices).Select(d => d.Name)];
            throw new CommandException($"{Name}: '{name}' given, expected one of {string.Join(", ", names)}");
        }
    }

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
