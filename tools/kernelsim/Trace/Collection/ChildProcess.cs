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

    /// <summary>Time to end after it has been asked to, before it is killed.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>Time to end after an interrupt of the terminal, before it is asked to.</summary>
    private static readonly TimeSpan s_ownAccord = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks at what still runs.</summary>
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

    /// <summary>The host's id of the process.</summary>
    public int Id { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a command. Its first word may be the name of this tool, which need not be on the path.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="port">The port that will record it.</param>
    /// <param name="console">Where it writes.</param>
    /// <param name="outputIsData">Whether standard output is the recording's: what the program writes there goes to standard error then.</param>
    /// <param name="exited">Called when it has ended.</param>
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

    /// <summary>The processes that it has started and that still run.</summary>
    public IReadOnlyList<(int Id, string Name)> Others() => _family.Others();

    /// <summary>Waits until what it wrote has arrived. What it has started may go on.</summary>
    public void Leave()
    {
        _isLeft = true;
        Task.WaitAll(_pumps, s_lastWords);
    }

    /// <summary>Ends it and all that it has started: asks first, so that it can clean up.</summary>
    /// <param name="isInterrupted">
    /// Whether this process was interrupted. The terminal has then interrupted the program too: it is already ending, and is not asked a
    /// second time, which many programs take as an order to end at once.
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
        Stopwatch since = Stopwatch.StartNew();
        while (_family.IsAlive())
        {
            if (since.Elapsed > time)
            {
                return false;
            }

            // Descendants are not children of this process: nothing reports their end.
            Thread.Sleep(s_pace);
        }

        return true;
    }

    /// <summary>
    /// Copies output as it arrives. If <paramref name="to"/> fails, the source is closed, and the program sees the error as if it wrote there
    /// itself. If this process's own standard error fails, the rest is read and dropped.
    /// </summary>
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
