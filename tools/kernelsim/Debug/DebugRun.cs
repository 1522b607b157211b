using KernelSim.Debugger;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Debug.Prompt;
using KernelSim.Tool.Debug.Reader;

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
    private string? _toldOfTarget;

    /// <summary>Makes a run.</summary>
    /// <param name="console">Where results go.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="session">The session.</param>
    /// <param name="log">Its log.</param>
    /// <param name="trace">The trace that belongs to the target; null if there is none.</param>
    /// <param name="reader">The process that reads the target; null where this one does.</param>
    public DebugRun(ToolConsole console, OutputFormat format, DebugSession session, SessionLog log, ITraceAccess? trace, DumpReader? reader = null)
    {
        (_console, _format, _session, _log) = (console, format, session, log);
        _commands = DebuggerCommands.For(session, log, trace, NearestWords.Hint);
        if (reader is not null)
        {
            _commands = new CommandTable([.. _commands.All.Select(c => c.ReadsTarget ? new ReaderCommand(c, reader) : c)], NearestWords.Hint);
        }
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

            ReadAll(new LineEditor(new HostKeys(), _console.Out, _commands.Names, () => Console.WindowWidth).Read, isPrompt: true);
        }
        else
        {
            ReadAll(ReadInput, isPrompt: false);
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

    /// <summary>The next line of standard input that is no comment.</summary>
    private string? ReadInput()
    {
        string? line;
        do
        {
            line = _console.In.ReadLine();
        }
        while (line?.TrimStart().StartsWith('#') == true);
        return line;
    }

    private void RunLine(string line, bool isAlone)
    {
        // Each result is logged and written as soon as its command has run, but by another thread: a pager that does not read must not keep a
        // process stopped.
        Task written = Task.CompletedTask;
        _session.Run(line, _commands, result =>
        {
            _log.Write(result);
            Task before = written;
            written = Task.Run(async () =>
            {
                await before.ConfigureAwait(false);
                Write(result, isAlone);
            });
        });
        written.GetAwaiter().GetResult();
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

        _console.Out.Flush();
        foreach (string note in result.Error is { } error ? [error] : result.Notes)
        {
            Tell(note, result.IsAboutTarget);
        }
    }

    private void Tell(string note, bool isAboutTarget)
    {
        // A target that cannot be opened is told once, not after each command.
        if (!isAboutTarget || note != _toldOfTarget)
        {
            _console.Note(note);
            _toldOfTarget = isAboutTarget ? note : _toldOfTarget;
        }
    }
}
