using System.Diagnostics;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>
/// Runs the command in a new folder, with <c>kernelsim</c> on the PATH, so that a shell that it records can start it again. Disposing
/// kills the processes that still run.
/// </summary>
internal sealed class RecordedShell : IDisposable
{
    private readonly TempFolder _bin = new();
    private readonly TempFolder _folder = new();
    private readonly List<System.Diagnostics.Process> _processes = [];

    public RecordedShell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");
        string script = _bin.Add("kernelsim", System.Text.Encoding.UTF8.GetBytes(
            $"#!/bin/sh\nexec '{ToolProcess.Host}' '{ToolProcess.Assembly}' \"$@\"\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _folder.Add("one.jsonl", """{"op":"num_possible_cpus"}"""u8.ToArray());
    }

    /// <summary>A path in the folder that the command runs in.</summary>
    public string this[string name] => Path.Combine(_folder.Path, name);

    /// <summary>Starts the command; variables are <c>NAME=VALUE</c>.</summary>
    public System.Diagnostics.Process Start(string[] args, params string[] variables)
    {
        ProcessStartInfo start = new(Path.Combine(_bin.Path, "kernelsim"), args)
        {
            WorkingDirectory = _folder.Path,
        };
        start.Environment["PATH"] = $"{_bin.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (string variable in variables)
        {
            string[] parts = variable.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        System.Diagnostics.Process process = ToolProcess.Start(start);
        _processes.Add(process);
        return process;
    }

    /// <summary>Runs the command without input until it exits.</summary>
    public ToolRun Run(string[] args, params string[] variables)
    {
        System.Diagnostics.Process process = Start(args, variables);
        process.StandardInput.Close();
        return End(process);
    }

    /// <summary>Waits until a command has exited.</summary>
    public static ToolRun End(System.Diagnostics.Process process)
    {
        (int exitCode, string output, string error) = process.EndWithin("the end of the command");
        return new ToolRun(exitCode, output, error);
    }

    /// <summary>Reads a line.</summary>
    public static string? Line(StreamReader reader) => reader.ReadLineAsync().WaitFor("a line");

    /// <summary>Whether a process runs. A zombie does not.</summary>
    public static bool Runs(int processId)
    {
        ProcessStartInfo start = new("ps", ["-o", "stat=", "-p", $"{processId}"]) { RedirectStandardOutput = true };
        using System.Diagnostics.Process ps = System.Diagnostics.Process.Start(start)!;
        string state = ps.EndWithin("the output of ps").Output.Trim();
        return state.Length > 0 && state[0] != 'Z';
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (System.Diagnostics.Process process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }

        _folder.Dispose();
        _bin.Dispose();
    }
}
