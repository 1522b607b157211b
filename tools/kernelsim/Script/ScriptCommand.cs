using System.CommandLine;
using System.CommandLine.Parsing;
using KernelSim.EbpfCore;
using KernelSim.LabScripts;
using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Drivers;
using KernelSim.Tool.Script.Diff;
using KernelSim.UserMode;

namespace KernelSim.Tool.Script;

/// <summary><c>script</c>: runs a lab script with one call per input line and one result per output line.</summary>
internal sealed class ScriptCommand : ICommandModule
{
    private const string Linux = "linux";
    private const string Windows = "windows";

    private static readonly string[] s_abis = [Linux, Windows];

    // FILE is always required. The parser does not know: the word after --server may be FILE, which it takes for NAME.
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "The lab script, JSON Lines; - reads standard input.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ServerOption _server = new("Run it on the machine of the server NAME, as a process of its own, instead of a fresh machine.");
    private readonly MachineArguments _machine = new(takesDrivers: true, takesDump: true, takesDefects: true);
    private readonly OutputOptions _output = new();

    private readonly Option<string> _abi = new("--abi")
    {
        Description = "Whose rules the calls on maps follow where the two systems differ by design.",
        HelpName = string.Join('|', s_abis),
        CompletionSources = { _ => s_abis },
        DefaultValueFactory = _ => Windows,
    };

    private readonly Option<bool> _diff = new("--diff")
    {
        Description = "Run the script by both systems' rules and print where their results diverge, and by which rule.",
    };

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim script - <<< '{\"op\":\"num_possible_cpus\"}'",
        "Prints {\"ret\":4}. docs/lab-scripts.md shows every call.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_file, w => w == ScriptSource.StandardInput);
        Command command = new("script", "Run a lab script: one libbpf call a line in, one result a line out.");
        command.Arguments.Add(_file);
        _server.AddTo(command);
        _machine.AddTo(command);
        command.Options.Add(_abi);
        command.Options.Add(_diff);
        _output.AddTo(command);
        command.Validators.Add(Validate);
        command.SetAction(parsed =>
        {
            (string file, string? server) = Read(parsed.CommandResult);
            ScriptMode mode = parsed.GetValue(_diff) ? ScriptMode.Diff : parsed.GetValue(_abi) == Linux ? ScriptMode.Linux : ScriptMode.Windows;
            MachineSettings settings = _machine.Read(parsed) with { Host = new ToolHost(_machine.ReadFiles(parsed), console.Note) };
            return Run(console, _output.Read(parsed), settings, file, server, mode);
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
            new Libbpf(process.Gate, settings.Library, settings.LibraryDefects) { Symbols = lab.Symbols },
            (call, text) =>
            {
                // After the results of the lines before.
                console.Out.Flush();
                console.Note($"script: line {call.Line}: note: {text}");
            })
        {
            AboutMissingFile = MissingModule.OnHost,
        };
    }

    private static int Run(ToolConsole console, OutputFormat format, MachineSettings settings, string file, string? server, ScriptMode mode)
    {
        if (ScriptSource.Open(console, file, out ScriptText? lines) is { } failure)
        {
            return failure.Tell(console, format);
        }

        using (lines)
        {
            Failure? failed = server is null
                ? RunHere(console, format, settings, lines!, mode)
                : RunThere(console, format, server, lines!);
            return failed?.Tell(console, format) ?? ExitCode.Done;
        }
    }

    private static Failure? RunHere(ToolConsole console, OutputFormat format, MachineSettings settings, ScriptText lines, ScriptMode mode)
    {
        if (Boot(console, settings, mode == ScriptMode.Linux, out LabMachine? lab, out ScriptSession? session) is { } failure)
        {
            return failure;
        }

        using (lab)
        {
            if (mode != ScriptMode.Diff)
            {
                return new ScriptRun(console, format, session!).Execute(lines) ?? lab!.End();
            }

            if (Boot(console, settings, linux: true, out LabMachine? other, out ScriptSession? linux) is { } second)
            {
                return second;
            }

            using (other)
            {
                return new ScriptComparison(console, format, session!, linux!).Execute(lines) ?? lab!.End() ?? other!.End();
            }
        }
    }

    /// <summary>Boots a machine that follows the rules of one of the systems, and starts the script's program on it.</summary>
    private static Failure? Boot(ToolConsole console, MachineSettings settings, bool linux, out LabMachine? lab, out ScriptSession? session)
    {
        session = null;
        if (linux)
        {
            settings = settings with { Library = LibraryVersion.Checked };
        }

        if (LabMachine.Boot(settings, new EbpfCoreOptions { LinuxMapRules = linux }, out lab) is { } failure)
        {
            return failure;
        }

        session = NewSession(console, lab!, settings);
        if (linux)
        {
            session.Use(new LinuxCalls(session, settings.Seed));
        }

        return null;
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

        if (result.GetValue(_abi) is { } abi && !s_abis.Contains(abi))
        {
            result.AddError($"{_abi.Name}: '{abi}' given, expected {string.Join(" or ", s_abis)}");
            return;
        }

        bool chosen = result.GetResult(_abi) is { Implicit: false };
        if (chosen && result.GetValue(_diff))
        {
            result.AddError($"{_abi.Name} given with {_diff.Name}, expected one of them: {_diff.Name} runs both");
        }

        if (result.GetValue(_abi) == Linux && _machine.GivesLibrary(result))
        {
            result.AddError($"--library given with {_abi.Name} {Linux}, expected none: the library is Linux's libbpf then");
        }

        if ((result.GetValue(_abi) == Linux || result.GetValue(_diff)) && _machine.GivesDefects(result))
        {
            string given = result.GetValue(_diff) ? _diff.Name : $"{_abi.Name} {Linux}";
            result.AddError($"--defects given with {given}, expected one of them: the defects are those of eBPF for Windows");
        }

        if (_server.IsGiven(result) && (result.GetValue(_abi) == Linux || result.GetValue(_diff)))
        {
            string given = result.GetValue(_diff) ? _diff.Name : $"{_abi.Name} {Linux}";
            result.AddError($"{given} given with {_server.Name}, expected neither: the server's machine is Windows");
        }

        if (_server.IsGiven(result) && _machine.FirstGiven(result) is { } option)
        {
            result.AddError($"{option} given with {_server.Name}, expected none of the machine's options: they are given to 'kernelsim serve'");
        }
    }
}
