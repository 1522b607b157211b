using System.Diagnostics;

namespace KernelSim.EndToEnd.Tests.Process;

/// <summary>A line of shell in which <c>kernelsim</c> is the command, for what only a shell does: redirections and pipes.</summary>
internal sealed record ShellRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a line.</summary>
    public static ShellRun Of(string line, params (string Name, string? Value)[] environment)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string tool = Path.Combine(AppContext.BaseDirectory, "kernelsim.dll");
        ProcessStartInfo start = new("sh", ["-c", $"kernelsim() {{ '{host}' '{tool}' \"$@\"; }}; {line}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(HostSignals.Restore(start))!;
        process.StandardInput.Close();
        (int exitCode, string output, string error) = process.EndWithin($"the end of '{line}'");
        return new ShellRun(exitCode, output, error);
    }
}
