using System.CommandLine;
using System.Diagnostics;
using KernelSim.Debugger.ClrMd;
using KernelSim.Debugger.Commands;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Debug.Reader;
using KernelSim.Tool.Trace.Collection;

namespace KernelSim.Tool.Debug;

/// <summary><c>debug</c>: the debugger, on a process, a dump or a server.</summary>
internal sealed class DebugCommand : ICommandModule
{
    private readonly Option<string?> _dump = new("--dump")
    {
        Description = "The dump to open, as 'kernelsim dump' or 'dotnet-dump collect' writes it.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
    };

    private readonly Option<uint?> _machine = new("--machine")
    {
        Description = "The machine to look at, by its number; the first by default.",
        HelpName = "N",
        CustomParser = r => NumberArgument.Read(r, 1u, uint.MaxValue),
    };

    private readonly Option<string?> _commands = new("--command", "-c")
    {
        Description = "Run these commands, separated by semicolons, and end. Otherwise: a prompt, or commands from standard input.",
        HelpName = "\"A; B\"",
    };

    private readonly Option<string?> _trace = new("--trace")
    {
        Description = "A trace of the same machine: !request and !analyze then show its events too.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
    };

    private readonly Option<bool> _hold = new("--hold")
    {
        Description = "Keep the process stopped until the debugger ends. Otherwise it is stopped only while commands read it.",
    };

    private readonly Option<bool> _reader = new("--reader")
    {
        Description = "Answer each line of standard input for another debugger, which started this one.",
        Hidden = true,
    };

    private readonly ProcessChoice _process;
    private readonly OutputOptions _output = new();

    /// <summary>Makes the verb.</summary>
    public DebugCommand() => _process = new ProcessChoice("The process to debug", _dump);

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim debug --server -c \"!process; !poolused\"",
        "Shows the processes and the pool of the server 'default'. Without -c there is a prompt; .help lists the commands.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("debug", "Look into a machine with a debugger: live, or from a dump.");
        _process.AddTo(command);
        foreach (Option option in new Option[] { _dump, _machine, _trace, _commands, _hold, _reader })
        {
            command.Options.Add(option);
        }

        _output.AddTo(command);
        command.Validators.Add(r =>
        {
            if (r.GetValue(_hold) && r.GetResult(_dump) is not null)
            {
                r.AddError("--hold and --dump given, expected --hold with a process");
            }
        });
        command.SetAction(parsed => Run(console, parsed));
        return command;
    }

    private int Run(ToolConsole console, ParseResult parsed)
    {
        OutputFormat format = _output.Read(parsed);
        int processId = 0;
        string? dump = parsed.GetValue(_dump);
        if (dump is null && _process.Find(parsed, out processId) is { } unknown)
        {
            return unknown.Tell(console, format);
        }

        bool isReader = parsed.GetValue(_reader);
        using DumpReader? reader = dump is null || isReader ? null : new DumpReader(dump, () => HowToStartReader(parsed));
        TraceOfSession? opened = null;
        if (parsed.GetValue(_trace) is { } path
            && (opened = TraceOfSession.Open(console, path, processId, out Failure? unreadable)) is null)
        {
            return unreadable!.Tell(console, format);
        }

        using TraceOfSession? trace = opened;
        ITargetSource source = dump is not null ? new OpenTarget(() => DumpFile.Open(dump))
            : parsed.GetValue(_hold) ? new OpenTarget(() => LiveProcess.Open(processId))
            : new ProcessSource(processId);
        using DebugSession session = new(source, parsed.GetValue(_machine));
        if (isReader)
        {
            return ReaderLoop.Run(console, session, trace);
        }

        using SessionLog log = new();
        return new DebugRun(console, format, session, log, trace, reader).Run(parsed.GetValue(_commands));
    }

    private ProcessStartInfo HowToStartReader(ParseResult parsed)
    {
        uint? machine = parsed.GetValue(_machine);
        string? trace = parsed.GetValue(_trace);
        return ChildProcess.HowToStart(
        [
            "kernelsim", "debug", _reader.Name, _dump.Name, parsed.GetValue(_dump)!,
            .. machine is null ? Array.Empty<string>() : [_machine.Name, $"{machine}"],
            .. trace is null ? Array.Empty<string>() : [_trace.Name, trace],
        ]);
    }
}
