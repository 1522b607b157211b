using System.ComponentModel;
using System.Diagnostics;

namespace KernelSim.DocsSite.Processes;

/// <summary>A program of the host, run to its end.</summary>
internal static class HostProcess
{
    /// <summary>The <c>dotnet</c> that this runs on.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs it and returns what it printed.</summary>
    /// <param name="program">Its path, or its name on the PATH.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="folder">Its current folder.</param>
    /// <param name="limit">After which it is killed.</param>
    /// <exception cref="SiteException">It does not start, does not end in time, or ends with another exit code than 0.</exception>
    public static (string Output, string Error) Run(string program, IEnumerable<string> args, string folder, TimeSpan limit)
    {
        ProcessStartInfo start = new(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The run ends before profiles of its code pay for themselves.
            Environment = { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1", ["DOTNET_TieredPGO"] = "0" },
        };
        string command = $"{Path.GetFileName(program)} {string.Join(' ', start.ArgumentList)}";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                throw new SiteException($"'{command}' has not ended after {limit.TotalMinutes} minutes.");
            }

            (string Output, string Error) said = (output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
            return process.ExitCode == 0
                ? said
                : throw new SiteException($"'{command}' ended with {process.ExitCode}:\n{(said.Output + said.Error).Trim()}");
        }
        catch (Win32Exception exception)
        {
            throw new SiteException($"'{command}' does not start: {exception.Message}");
        }
    }
}
