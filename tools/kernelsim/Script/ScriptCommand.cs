using System.CommandLine;
using System.CommandLine.Parsing;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Machines;
using KernelSim.UserMode;

namespace KernelSim.Tool.Script;

/// <summary><c>script</c>: runs a lab script with one call per input line and one result per output line.</summary>
internal sealed class ScriptCommand : ICommandModule
{
    // FILE is always required. The parser does not know: the word after --server may be FILE, which it takes for NAME.
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "The lab script, JSON Lines; - reads standard input.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ServerOption _server = new("Run it on the machine of the server NAME, as a process of its own, instead of a fresh machine.");
    private readonly MachineArguments _machine = new(takesDrivers: true, takesDump: true);
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim script - <<< '{\"op\":\"num_possible_cpus\"}'",
        "Prints {\"ret\":4}. docs/lab-scripts.md shows every call.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_file, w => w == ScriptLines.StandardInput);
        Command command = new("script", "Run a lab script: one libbpf call a line in, one result a line out.");
        command.Arguments.Add(_file);
        _server.AddTo(command);
        _machine.AddTo(command);
        _output.AddTo(command);
        command.Validators.Add(Validate);
        command.SetAction(parsed =>
        {
            (string file, string? server) = Read(parsed.CommandResult);
            return Run(console, _output.Read(parsed), _machine.Read(parsed, console.Note), file, server);
        });
        return command;
    }

    /// <summary>Creates the session of a lab script, on a machine of this host process.</summary>
    public static ScriptSession NewSession(ToolConsole console, LabMachine lab, MachineSettings settings)
    {
        var process = lab.Start(settings.ForProcess("script.exe"));
        return new ScriptSession(
            lab,
            process,
            new Libbpf(process.Gate, settings.Library) { Symbols = lab.Symbols },
            (call, text) =>
            {
                // After the results of the lines before.
                console.Out.Flush();
                console.Note($"script: line {call.Line}: note: {text}");
            });
    }

    private static int Run(ToolConsole console, OutputFormat format, MachineSettings settings, string file, string? server)
    {
        if (ScriptLines.Open(console, file, out ScriptText? lines) is { } failure)
        {
            return failure.Tell(console, format);
        }

        using (lines)
        {
            return (server is null ? RunHere(console, format, settings, lines!) : RunThere(console, format, server, lines!))?.Tell(console, format)
                ?? ExitCode.Done;
        }
    }

    private static Failure? RunHere(ToolConsole console, OutputFormat format, MachineSettings settings, ScriptText lines)
    {
        if (LabMachine.Boot(settings, out LabMachine? lab) is { } failure)
        {
            return failure;
        }

        using (lab)
        {
            return new ScriptRun(console, format, NewSession(console, lab!, settings)).Execute(lines) ?? lab!.End();
        }
    }

    private static Failure? RunThere(ToolConsole console, OutputFormat format, string server, ScriptText lines)
    {
        if (ServerClient.Connect(server, out ServerClient? client) is { } failure)
        {
            return failure;
        }

        using (client)
        {
            return new ServerScriptRun(console, format, client!).Execute(lines);
        }
    }

    private (string File, string? Server) Read(SymbolResult result) => result.GetValue(_file) is { } file
        ? (file, _server.Read(result))
        : (_server.Word(result)!, ServerName.Default);

    private void Validate(CommandResult result)
    {
        if (result.GetValue(_file) is not null)
        {
            _server.ValidateName(result);
        }
        else if (_server.Word(result) is null)
        {
            result.AddError("no FILE given, expected the lab script, JSON Lines");
        }

        if (_server.IsGiven(result) && _machine.FirstGiven(result) is { } option)
        {
            result.AddError($"{option} given with {_server.Name}, expected none of the machine's options: they are given to 'kernelsim serve'");
        }
    }
}
