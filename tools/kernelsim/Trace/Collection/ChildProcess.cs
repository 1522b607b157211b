using System.Diagnostics;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>The program that a recording starts. On a terminal it uses the terminal; otherwise its output is copied here.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const string OwnName = "kernelsim";

    private readonly Process _process;
    private readonly Task[] _pumps;

    private ChildProcess(Process process, Task[] pumps)
    {
        _process = process;
        _pumps = pumps;
    }

    /// <summary>The start information for a command. Its first word may be the name of this tool, which need not be on the path.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="inherits">Whether it shares this process's output streams.</param>
    public static ProcessStartInfo HowToStart(IReadOnlyList<string> command, bool inherits)
    {
        ProcessStartInfo start = new(command[0]) { RedirectStandardOutput = !inherits, RedirectStandardError = !inherits };
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

    /// <summary>Takes over a process that was started this way, and copies its output.</summary>
    /// <param name="process">The process; disposed here.</param>
    /// <param name="console">Receives its standard error.</param>
    /// <param name="output">Receives its standard output.</param>
    public static ChildProcess TakeOver(Process process, ToolConsole console, TextWriter output)
    {
        if (!process.StartInfo.RedirectStandardOutput)
        {
            return new ChildProcess(process, []);
        }

        Lock gate = new();
        return new ChildProcess(process,
        [
            Task.Run(() => Pump(process.StandardOutput, output, gate)),
            Task.Run(() => Pump(process.StandardError, console.Error, gate)),
        ]);
    }

    /// <summary>Waits until it has exited and all its output has arrived.</summary>
    /// <param name="kill">Whether to kill it first.</param>
    /// <returns>Its exit code.</returns>
    public int Finish(bool kill)
    {
        if (kill)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        Task.WaitAll(_pumps);
        return _process.ExitCode;
    }

    /// <summary>Kills it if it has not been waited for: a failed recording leaves no suspended process behind.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Pump(StreamReader from, TextWriter to, Lock gate)
    {
        char[] buffer = new char[4096];
        int length;
        while ((length = from.Read(buffer, 0, buffer.Length)) > 0)
        {
            lock (gate)
            {
                to.Write(buffer, 0, length);
            }
        }
    }
}
