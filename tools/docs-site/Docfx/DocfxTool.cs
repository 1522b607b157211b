using System.ComponentModel;
using System.Diagnostics;

namespace KernelSim.DocsSite.Docfx;

/// <summary>docfx, a tool of the repository's tool manifest.</summary>
/// <param name="root">The folder of the repository that holds the solution.</param>
internal sealed class DocfxTool(string root)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <summary>Installs the version of the manifest, where it is not installed yet.</summary>
    public void Restore() => Run("docfx cannot be installed", "tool", "restore");

    /// <summary>Reads the assemblies, writes their types as pages, and makes the site of all pages. A warning is a failure.</summary>
    /// <param name="settings">The settings file.</param>
    public void Build(string settings) => Run("docfx cannot build the site", "docfx", settings, "--warningsAsErrors", "--logLevel", "warning");

    private void Run(string complaint, params string[] args)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", args)
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The run ends before profiles of its code pay for themselves.
            Environment = { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1", ["DOTNET_TieredPGO"] = "0" },
        };
        string command = $"dotnet {string.Join(' ', args)}";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(s_limit))
            {
                process.Kill(entireProcessTree: true);
                throw new SiteException($"{complaint}: '{command}' has not ended after {s_limit.TotalMinutes} minutes.");
            }

            string text = $"{output.GetAwaiter().GetResult()}{error.GetAwaiter().GetResult()}".Trim();

            // Not every command fails for a warning, whatever its options.
            if (process.ExitCode != 0 || text.Split('\n').Any(l => l.Contains("warning:", StringComparison.Ordinal)))
            {
                throw new SiteException($"{complaint}: '{command}' ended with {process.ExitCode}:\n{text}");
            }
        }
        catch (Win32Exception exception)
        {
            throw new SiteException($"{complaint}: '{command}' does not start: {exception.Message}");
        }
    }
}
