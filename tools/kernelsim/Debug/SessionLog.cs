using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Debug;

/// <summary>The log of a session: each command with its result as text, written at once.</summary>
internal sealed class SessionLog : ISessionLog, IDisposable
{
    private StreamWriter? _writer;

    /// <inheritdoc/>
    public string? Path { get; private set; }

    /// <inheritdoc/>
    public void Open(string path)
    {
        try
        {
            StreamWriter writer = new(path) { NewLine = "\n", AutoFlush = true };
            Close();
            (_writer, Path) = (writer, path);
        }
        catch (Exception exception) when (Failure.FromHost(path, "a file to write the log to", exception) is { } failure)
        {
            throw new CommandException(failure.Message);
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        _writer?.Dispose();
        (_writer, Path) = (null, null);
    }

    /// <summary>Writes a command and its result, if a log is open.</summary>
    /// <exception cref="OutputException">The log can no longer be written.</exception>
    public void Write(CommandResult result)
    {
        if (_writer is null)
        {
            return;
        }

        ToolConsole file = new(TextReader.Null, _writer, TextWriter.Null);
        file.Out.WriteLine($"> {result.Command}");
        ResultText.Write(file, result);
        foreach (string note in result.Error is { } error ? [error] : result.Notes)
        {
            file.Out.WriteLine(note);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();
}
