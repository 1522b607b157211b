using System.Diagnostics;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>
/// The command in a process of its own, in a folder of its own, with itself on the path: what it records may be a shell that starts it
/// again. Every wait has a limit, and whatever runs still is ended with the test.
/// </summary>
internal sealed class RecordedShell : IDisposable
{
    private readonly TempFolder _bin = new();
    private readonly TempFolder _folder = new();
    private readonly List<System.Diagnostics.Process> _processes = [];

    public RecordedShell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string script = _bin.Add("kernelsim", System.Text.Encoding.UTF8.GetBytes(
            $"#!/bin/sh\nexec '{host}' '{Path.Combine(AppContext.BaseDirectory, "kernelsim.dll")}' \"$@\"\n"));
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
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        start.Environment["PATH"] = $"{_bin.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (string variable in variables)
        {
            string[] parts = variable.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        System.Diagnostics.Process process = System.Diagnostics.Process.Start(HostSignals.Restore(start))!;
        _processes.Add(process);
        return process;
    }

    /// <summary>Runs the command to its end, without input.</summary>
    public ToolRun Run(string[] args, params string[] variables)
    {
        System.Diagnostics.Process process = Start(args, variables);
        process.StandardInput.Close();
        return End(process);
    }

    /// <summary>Waits for the end of a command.</summary>
    public static ToolRun End(System.Diagnostics.Process process)
    {
        (int exitCode, string output, string error) = process.EndWithin("the end of the command");
        return new ToolRun(exitCode, output, error);
    }

    /// <summary>Waits for a line that somebody writes.</summary>
    public static string? Line(StreamReader reader) => reader.ReadLineAsync().WaitFor("a line");

    /// <summary>Sends a signal.</summary>
    public static void Signal(System.Diagnostics.Process process, string name)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.EndWithin("the end of kill");
    }

    /// <summary>Whether a process of this number runs; one that has ended and that nobody has waited for does not.</summary>
    public static bool Runs(int processId)
    {
        ProcessStartInfo start = new("ps", ["-o", "stat=", "-p", $"{processId}"]) { RedirectStandardOutput = true };
        using System.Diagnostics.Process ps = System.Diagnostics.Process.Start(start)!;
        string state = ps.EndWithin("what ps says").Output.Trim();
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
