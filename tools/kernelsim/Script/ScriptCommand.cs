using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Machines;
using KernelSim.UserMode;

namespace KernelSim.Tool.Script;

/// <summary><c>script</c>: runs a lab script, one call a line in, one result a line out.</summary>
internal sealed class ScriptCommand : ICommandModule
{
    private const string StandardInput = "-";

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "The lab script, JSON Lines; - reads standard input.",
    };

    private readonly MachineArguments _machine = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim script - <<< '{\"op\":\"num_possible_cpus\"}'",
        "Prints {\"ret\":4}. docs/lab-scripts.md shows every call.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_file, w => w == StandardInput);
        Command command = new("script", "Run a lab script: one libbpf call a line in, one result a line out.");
        command.Arguments.Add(_file);
        _machine.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed), _machine.Read(parsed), parsed.GetRequiredValue(_file)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, MachineSettings settings, string file)
    {
        if (file == StandardInput)
        {
            return Run(console, format, settings, console.In);
        }

        StreamReader lines;
        try
        {
            lines = new StreamReader(file);
        }
        catch (Exception exception) when (Failure.FromHost(file, "a lab script", exception) is { } failure)
        {
            return failure.Tell(console, format);
        }

        using (lines)
        {
            return Run(console, format, settings, lines);
        }
    }

    private static int Run(ToolConsole console, OutputFormat format, MachineSettings settings, TextReader lines)
    {
        using LabMachine lab = LabMachine.Boot(settings, settings.ForProcess("script.exe"), extensions: true);
        ScriptRun run = new(console, format, new ScriptSession(lab, new Libbpf(lab.Gate, settings.Library), Note));
        if (run.Execute(lines) is { } failure)
        {
            return failure.Tell(console, format);
        }

        IReadOnlyList<string> leaks = lab.Shutdown();
        return leaks.Count == 0 ? ExitCode.Done : Failure.Leaks(leaks).Tell(console, format);

        void Note(ScriptCall call, string text) => console.Error.WriteLine($"kernelsim: script: line {call.Line}: note: {text}");
    }
}
