using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!drvobj</c>: drivers.</summary>
internal sealed class DriverCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!drvobj";

    public string Arguments => "[NAME]";

    public string Summary => "Lists the drivers with their devices, open files and outstanding requests.";

    public void Run(CommandCall call)
    {
        string? name = call.Arguments.Word();
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("name", ColumnKind.Text),
            new("state", ColumnKind.Text),
            new("devices", ColumnKind.Texts),
            new("open_files", ColumnKind.Number),
            new("requests", ColumnKind.Number),
            new("unload", ColumnKind.Text),
            new("image", ColumnKind.Text),
            new("address", ColumnKind.Pointer));
        bool IsWanted(DriverView driver) => name is null || string.Equals(driver.Name, name, StringComparison.OrdinalIgnoreCase);
        call.Each(machines.Current.Drivers.Where(IsWanted), driver => table.Add(
            driver.Name,
            driver.State.ToString(),
            driver.Devices.Select(d => d.Name).ToArray(),
            driver.OpenFiles,
            driver.OutstandingRequests,
            driver.Unload,
            driver.ImagePath,
            driver.Object.Address));
        if (name is not null && table.Rows.Count == 0)
        {
            throw new CommandException(
                $"{Name}: '{name}' given, expected one of {string.Join(", ", machines.Current.Drivers.Select(d => d.Name))}");
        }
    }
}
