using System.Diagnostics;
using System.Text;
using System.Text.Json;
using KernelSim.Debugger.Output;

namespace KernelSim.Tool.Debug.Reader;

/// <summary>
/// A process that reads a dump, and answers a command on each line. What reads the runtime's structures is native code, which a damaged dump can
/// crash: then only the reader ends, and another answers the next command.
/// </summary>
internal sealed class DumpReader : IDisposable
{
    private const int EndMilliseconds = 2000;
    private const int SignalBase = 128;

    private readonly Func<ProcessStartInfo> _howToStart;
    private readonly string _file;
    private Process? _process;
    private string? _chosen;

    /// <summary>Starts a reader: it gets ready while the debugger does.</summary>
    /// <param name="file">The dump, for messages.</param>
    /// <param name="howToStart">How to start one.</param>
    public DumpReader(string file, Func<ProcessStartInfo> howToStart)
    {
        (_file, _howToStart) = (file, howToStart);
        _process = Start();
    }

    /// <summary>Runs a command there.</summary>
    /// <param name="command">The command with its arguments.</param>
    /// <param name="into">Its result, still empty.</param>
    public void Run(string command, CommandResult into)
    {
        if (_process is null)
        {
            _process = Start();
            if (_chosen is not null)
            {
                _ = Ask(_chosen);
            }
        }

        if (Ask(command) is { } answer)
        {
            ResultWire.Read(answer, into);
        }
        else
        {
            into.Fail($"'{_file}' given, expected a whole dump: it is damaged where '{command}' reads it, which ended the reader{EndOfReader()}");
        }
    }

    /// <summary>From now on a command precedes all others of each new reader: the choice of a machine.</summary>
    public void Choose(string command) => _chosen = command;

    /// <inheritdoc/>
    public void Dispose() => EndOfReader();

    private Process Start()
    {
        ProcessStartInfo start = _howToStart();
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.StandardInputEncoding = start.StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        // What the runtime says about its crash is of no use to anybody.
        start.RedirectStandardError = true;
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The answer; null if the reader has ended.</summary>
    private string? Ask(string command)
    {
        try
        {
            _process!.StandardInput.WriteLine(command);
            _process.StandardInput.Flush();
            return _process.StandardOutput.ReadLine() is { } line && IsWhole(line) ? line : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsWhole(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Ends the reader, and says by which signal it has ended, if by one.</summary>
    private string EndOfReader()
    {
        using Process? ended = _process;
        _process = null;
        if (ended is null)
        {
            return "";
        }

        try
        {
            ended.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended.
        }

        if (!ended.WaitForExit(EndMilliseconds))
        {
            ended.Kill();
            return "";
        }

        return ended.ExitCode > SignalBase ? $" (signal {ended.ExitCode - SignalBase})" : "";
    }
}
