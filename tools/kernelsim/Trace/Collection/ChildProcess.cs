using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>
/// The program that a recording starts. It has the standard streams of this process; where its output is to go elsewhere, what it
/// writes is copied there as it comes.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const string OwnName = "kernelsim";

    /// <summary>For one that is asked to end, before it is ended.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_ownAccord = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(20);

    /// <summary>For output that is on its way when the program has ended. What it left running may keep its end open forever.</summary>
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly ProcessFamily _family;
    private readonly Task[] _pumps;
    private bool _isLeft;

    private ChildProcess(Process process, ProcessFamily family, Task[] pumps)
    {
        _process = process;
        Id = process.Id;
        _family = family;
        _pumps = pumps;
    }

    /// <summary>The host's number of it.</summary>
    public int Id { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a command. Its first word may be the name of this tool, which need not be on the path.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="port">The port that is to record it.</param>
    /// <param name="console">Where it writes.</param>
    /// <param name="outputIsData">Whether standard output is the recording's: what the program writes there goes to standard error then.</param>
    /// <param name="exited">Told when it has ended.</param>
    /// <exception cref="TargetException">It cannot be started.</exception>
    public static ChildProcess Start(IReadOnlyList<string> command, RuntimePort port, ToolConsole console, bool outputIsData, Action exited)
    {
        ProcessStartInfo start = HowToStart(command);
        start.RedirectStandardOutput = outputIsData || !console.IsHost;
        start.RedirectStandardError = !console.IsHost;
        port.AddTo(start.Environment);
        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => exited();
        try
        {
            if (OperatingSystem.IsWindows())
            {
                process.Start();
            }
            else
            {
                PosixSignals.StartWithDefaults(() => process.Start());
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            process.Dispose();
            throw new TargetException($"'{command[0]}' given, expected a program: {e.Message}", e);
        }

        Lock gate = new();
        List<Task> pumps = [];
        if (start.RedirectStandardOutput)
        {
            pumps.Add(Task.Factory.StartNew(
                () => Pump(process.StandardOutput.BaseStream, console.IsHost, outputIsData ? console.Error : console.Out, gate),
                TaskCreationOptions.LongRunning));
        }

        if (start.RedirectStandardError)
        {
            pumps.Add(Task.Factory.StartNew(
                () => Pump(process.StandardError.BaseStream, console.IsHost, console.Error, gate), TaskCreationOptions.LongRunning));
        }

        return new ChildProcess(process, new ProcessFamily(process.Id, port.Address), [.. pumps]);
    }

    /// <summary>How to start a command without a port.</summary>
    public static ProcessStartInfo HowToStart(IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new(command[0]);
        if (command[0] == OwnName)
        {
            bool isApp = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == OwnName;
            start.FileName = isApp ? Environment.ProcessPath! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
            if (!isApp)
            {
                start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{OwnName}.dll"));
            }
        }

        foreach (string argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>What it has started and runs still.</summary>
    public IReadOnlyList<(int Id, string Name)> Others() => _family.Others();

    /// <summary>Waits until what it wrote has arrived. What it has started may go on.</summary>
    public void Leave()
    {
        _isLeft = true;
        Task.WaitAll(_pumps, s_lastWords);
    }

    /// <summary>Ends it and all that it has started: asks first, so that it can clean up.</summary>
    /// <param name="isInterrupted">
    /// Whether somebody interrupted this process. The terminal has interrupted the program too then: it is on its way, and need not be
    /// asked a second time, which to many programs means to end at once.
    /// </param>
    public void Terminate(bool isInterrupted = false)
    {
        if (OperatingSystem.IsLinux() && !(isInterrupted && HasEndedWithin(s_ownAccord)))
        {
            _family.AskToEnd();
            HasEndedWithin(s_patience);
        }

        Kill();
        _process.WaitForExit();
        Leave();
    }

    /// <summary>Ends it and all that it has started at once.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _family.End();
    }

    /// <summary>Ends it unless it was left: a recording that failed leaves nothing behind.</summary>
    public void Dispose()
    {
        if (!_isLeft)
        {
            Terminate();
        }

        _process.Dispose();
    }

    private bool HasEndedWithin(TimeSpan time)
    {
        for (var since = Stopwatch.StartNew(); _family.IsAlive(); Thread.Sleep(s_pace))
        {
            if (since.Elapsed > time)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Copies what comes, as it comes. When nobody takes it any more the program learns of it as if it wrote there itself.</summary>
    private static void Pump(Stream from, bool isHost, TextWriter to, Lock gate)
    {
        using Stream? host = isHost ? StandardStreams.OpenError() : null;
        Decoder decoder = Encoding.UTF8.GetDecoder();
        byte[] bytes = new byte[1 << 16];
        char[] chars = new char[bytes.Length];
        bool isDropped = false;
        try
        {
            for (int length; (length = from.Read(bytes)) > 0;)
            {
                if (host is not null)
                {
                    isDropped |= !TryWrite(host, bytes.AsSpan(0, isDropped ? 0 : length));
                    continue;
                }

                lock (gate)
                {
                    to.Write(chars, 0, decoder.GetChars(bytes, 0, length, chars, 0));
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            from.Dispose();
        }
    }

    /// <summary>Writes to this process's own standard error. The program need not know that there is none.</summary>
    private static bool TryWrite(Stream host, ReadOnlySpan<byte> bytes)
    {
        try
        {
            host.Write(bytes);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // .NET reports a stream that was closed when the process started as an access that is denied.
            return false;
        }
    }
}
