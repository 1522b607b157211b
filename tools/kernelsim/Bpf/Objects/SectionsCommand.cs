using System.CommandLine;
using KernelSim.ObjectFiles;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary><c>bpf sections</c>: what is in an object file.</summary>
internal sealed class SectionsCommand : ICommandModule
{
    private readonly ObjectFileArgument _file = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim bpf sections counter.o",
        "Lists the sections, programs, maps, global variables and types of an object file.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("sections", "List what is in an object file: sections, programs, maps, global variables, types.");
        _file.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, parsed));
        return command;
    }

    private int Run(ToolConsole console, ParseResult parsed)
    {
        OutputFormat format = _output.Read(parsed);
        if (_file.Read(parsed, out BpfObjectFile file) is { } failure)
        {
            return failure.Tell(console, format);
        }

        if (format == OutputFormat.Text)
        {
            new SectionsText(console).Write(file);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => SectionsJson.Write(json, file)));
        }

        return ExitCode.Done;
    }
}
