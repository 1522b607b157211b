using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Museum.Telling;

namespace KernelSim.Tool.Museum;

/// <summary><c>museum list</c>: the exhibits, with what a user saw.</summary>
internal sealed class MuseumListCommand : ICommandModule
{
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim museum list -j", "Lists the bugs as data: the side that was wrong, what a user saw, the links.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("list", "List the exhibits.");
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format)
    {
        if (format == OutputFormat.Text)
        {
            TextTable table = new("id", "year", "side", "what a user saw") { Whole = "id" };
            foreach (ExhibitLabel label in ExhibitTable.All.Select(e => e.Label))
            {
                table.Add(label.Id, label.Year, ExhibitNames.Of(label.Side), label.Saw);
            }

            table.WriteTo(console);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, MuseumJson.WriteList));
        }

        return ExitCode.Done;
    }
}
