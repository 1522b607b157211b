using System.Diagnostics;

namespace KernelSim.EndToEnd.Tests.Process;

/// <summary>The result of a shell command line in which <c>kernelsim</c> is the command: for redirections and pipes.</summary>
internal sealed record ShellRun(int ExitCode, string Output, string Error)
{
    public static ShellRun Of(string line, params (string Name, string? Value)[] environment)
    {
        ProcessStartInfo start = new("sh", ["-c", $"kernelsim() {{ '{ToolProcess.Host}' '{ToolProcess.Assembly}' \"$@\"; }}; {line}"]);
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using System.Diagnostics.Process process = ToolProcess.Start(start);
        process.StandardInput.Close();
        (int exitCode, string output, string error) = process.EndWithin($"the end of '{line}'");
        return new ShellRun(exitCode, output, error);
    }
}
