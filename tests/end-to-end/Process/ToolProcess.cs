using System.Diagnostics;

namespace KernelSim.EndToEnd.Tests.Process;

/// <summary>The command in a process of its own.</summary>
internal static class ToolProcess
{
    /// <summary>The host that runs the tests, <c>dotnet</c>.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The path of <c>kernelsim.dll</c>, the host's first argument.</summary>
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "kernelsim.dll");

    /// <summary>Starts the command with pipes for standard input, output and error.</summary>
    public static System.Diagnostics.Process Start(params string[] args) => Start(new ProcessStartInfo(Host, [Assembly, .. args]));

    /// <summary>Starts a program with pipes for standard input, output and error, and with the default handling of signals.</summary>
    public static System.Diagnostics.Process Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return System.Diagnostics.Process.Start(HostSignals.Restore(start))!;
    }
}
