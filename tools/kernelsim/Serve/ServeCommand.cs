using System.CommandLine;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Drivers;
using KernelSim.Tool.Script;

namespace KernelSim.Tool.Serve;

/// <summary><c>serve</c>: runs a machine that several terminals share.</summary>
internal sealed class ServeCommand : ICommandModule
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "A lab script to run first; - reads standard input. Its process stays until the server ends; its results go to stderr.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _name = new("--name")
    {
        Description = "What the server is called: one machine a name.",
        HelpName = "NAME",
        CompletionSources = { _ => ServerOption.Running() },
        DefaultValueFactory = _ => ServerName.Default,
    };

    private readonly Option<bool> _stop = new("--stop")
    {
        Description = "End the server of that name, as Ctrl-C in its terminal or SIGTERM does, and wait until it has shut down.",
    };

    private readonly MachineArguments _machine = new(takesDrivers: true, takesDump: true);
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim serve --cpus 2",
        "Says when it is ready. Elsewhere, 'kernelsim script --server -' is a process on its machine.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_file, w => w == ScriptSource.StandardInput);
        _name.Validators.Add(ServerName.Validate);
        Command command = new("serve", "Run a machine as a server that other terminals talk to, until Ctrl-C, SIGTERM or --stop.");
        command.Arguments.Add(_file);
        command.Options.Add(_name);
        command.Options.Add(_stop);
        _machine.AddTo(command);
        _output.AddTo(command);
        command.Validators.Add(r =>
        {
            string? more = r.GetValue(_file) is null ? _machine.FirstGiven(r) : _file.Name;
            if (r.GetValue(_stop) && more is not null)
            {
                r.AddError($"{more} given with --stop, expected --name alone");
            }
        });
        command.SetAction(parsed =>
        {
            OutputFormat format = _output.Read(parsed);
            string name = parsed.GetRequiredValue(_name);
            return parsed.GetValue(_stop)
                ? Stop(console, format, name)
                : Run(console, format, name, Read(parsed, console), parsed.GetValue(_file));
        });
        return command;
    }

    private static int Stop(ToolConsole console, OutputFormat format, string name)
    {
        if (ServerClient.Connect(name, out ServerClient? client) is { } failure)
        {
            return failure.Tell(console, format);
        }

        using (client)
        {
            if (client!.Ask(ServerRequest.Stop, out _) is { } refusal)
            {
                return refusal.Tell(console, format);
            }

            client.Finish();
            return ExitCode.Done;
        }
    }

    private MachineSettings Read(ParseResult parsed, ToolConsole console) =>
        _machine.Read(parsed) with { Host = new ToolHost(_machine.ReadFiles(parsed), console.Note) };

    private static int Run(ToolConsole console, OutputFormat format, string name, MachineSettings settings, string? file)
    {
        if (ServerEndpoint.Take(name, out ServerEndpoint? endpoint) is { } failure)
        {
            return failure.Tell(console, format);
        }

        using (endpoint)
        {
            if (LabMachine.Boot(settings, out LabMachine? lab) is { } unbooted)
            {
                return unbooted.Tell(console, format);
            }

            using (lab)
            {
                return (file is null ? null : RunFirst(console, lab!, settings, file))?.Tell(console, format)
                    ?? Serve(console, format, endpoint!, lab!, settings);
            }
        }
    }

    private static Failure? RunFirst(ToolConsole console, LabMachine lab, MachineSettings settings, string file)
    {
        if (ScriptSource.Open(console, file, out ScriptText? lines) is { } failure)
        {
            return failure;
        }

        using (lines)
        {
            // Standard output is reserved for the line that says that the server is ready.
            ScriptRun run = new(console with { Out = console.Error }, OutputFormat.Text, ScriptCommand.NewSession(console, lab, settings));
            return run.Execute(lines!);
        }
    }

    private static int Serve(ToolConsole console, OutputFormat format, ServerEndpoint endpoint, LabMachine lab, MachineSettings settings)
    {
        ServerInfo info = new(endpoint.Name, endpoint.Path, Environment.ProcessId, settings) { Drivers = lab.OwnDrivers };
        using LabServer server = new(lab, info, console.Error);
        using StopSignal stop = new(duration: null, server.Stop);
        console.Out.WriteLine(format == OutputFormat.Text
            ? $"serving '{info.Name}' on {info.Socket}, pid {info.ProcessId}"
            : JsonText.Of(format, json =>
            {
                json.WriteStartObject();
                info.WriteFields(json);
                json.WriteEndObject();
            }));
        console.Out.Flush();
        server.AcceptAll(endpoint.Listener);

        // From here on the server can no longer be found.
        endpoint.Dispose();
        server.EndAll();
        return lab.End()?.Tell(console, format) ?? ExitCode.Done;
    }
}
