using KernelSim.Debugger;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Debug.Prompt;

namespace KernelSim.Tool.Debug;

/// <summary>Runs lines of commands, from the command line, a prompt or standard input, and writes their results.</summary>
internal sealed class DebugRun
{
    private readonly ToolConsole _console;
    private readonly OutputFormat _format;
    private readonly DebugSession _session;
    private readonly SessionLog _log;
    private readonly CommandTable _commands;
    private bool _anyFailed;

    public DebugRun(ToolConsole console, OutputFormat format, DebugSession session, SessionLog log, ITraceAccess? trace)
    {
        (_console, _format, _session, _log) = (console, format, session, log);
        _commands = DebuggerCommands.For(session, log, trace, NearestWords.Hint);
    }

    /// <summary>Runs them all.</summary>
    /// <param name="line">The line of the command line; null to read lines.</param>
    /// <returns>The exit code: 1 if a command failed.</returns>
    public int Run(string? line)
    {
        if (line is not null)
        {
            RunLine(line, isAlone: CommandLineText.Commands(line).Count < 2);
        }
        else if (_console.IsHost && _console.OutIsTerminal && !Console.IsInputRedirected)
        {
            if (Probe() is { } failure)
            {
                return failure.Tell(_console, _format);
            }

            ReadAll(new LineEditor(new HostKeys(), _console.Out, _commands.Names).Read, isPrompt: true);
        }
        else
        {
            ReadAll(_console.In.ReadLine, isPrompt: false);
        }

        return _anyFailed ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Opens the target once before a prompt appears: what cannot be opened is told at once.</summary>
    private Failure? Probe()
    {
        CommandResult machines = _session.Run("!machine", _commands)[0];
        if (machines.Error is { } error)
        {
            return new Failure(error, Errno.EIO);
        }

        Write(machines, isAlone: true);
        return null;
    }

    private void ReadAll(Func<string?> read, bool isPrompt)
    {
        while (!_session.IsOver && read() is { } line)
        {
            RunLine(line, isAlone: isPrompt);
        }
    }

    private void RunLine(string line, bool isAlone)
    {
        foreach (CommandResult result in _session.Run(line, _commands))
        {
            Write(result, isAlone);
        }

        _console.Out.Flush();
    }

    private void Write(CommandResult result, bool isAlone)
    {
        _anyFailed |= result.Error is not null;
        if (_format == OutputFormat.Text)
        {
            if (!isAlone)
            {
                _console.Out.WriteLine($"> {result.Command}");
            }

            ResultText.Write(_console, result);
        }
        else
        {
            _console.Out.WriteLine(JsonText.Of(_format, json => ResultJson.Write(json, result)));
        }

        foreach (string note in result.Error is { } error ? [error] : result.Notes)
        {
            _console.Out.Flush();
            _console.Note(note);
        }

        _log.Write(result);
    }
}
