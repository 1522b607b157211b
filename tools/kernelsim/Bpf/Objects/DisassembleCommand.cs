using System.CommandLine;
using KernelSim.ObjectFiles;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary><c>bpf disassemble</c>: the instructions of an object file's programs, with their source lines.</summary>
internal sealed class DisassembleCommand : ICommandModule
{
    private readonly ObjectFileArgument _file = new();
    private readonly ProgramOptions _programs = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim bpf disassemble counter.o --program count",
        "Prints the instructions of one program, with the functions that it calls.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("disassemble", "Print the instructions of an object file's programs, with the source lines where it has them.");
        _file.AddTo(command);
        _programs.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, parsed));
        return command;
    }

    private int Run(ToolConsole console, ParseResult parsed)
    {
        OutputFormat format = _output.Read(parsed);
        IReadOnlyList<ObjectProgram> programs = [];
        if ((_file.Read(parsed, out BpfObjectFile file) ?? _programs.Choose(parsed, file, out programs)) is { } failure)
        {
            return failure.Tell(console, format);
        }

        if (format == OutputFormat.Text)
        {
            new DisassemblyText(console, file).Write(programs);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => DisassemblyJson.Write(json, file, programs)));
        }

        return ExitCode.Done;
    }
}
