using System.Diagnostics;

namespace KernelSim.Packages.Tests.Feed;

/// <summary>Runs <c>dotnet</c> as a user does, in a folder, in an environment without what a test run has added to it.</summary>
internal static class DotNet
{
    /// <summary>Less than the watchdog grants a test, so that a command that hangs fails its test by name.</summary>
    private static readonly TimeSpan s_limit = 1.7 * LimitedWaits.Limit;

    private static readonly string[] s_prefixesOfTestRuns = ["MSBUILD", "VSTEST", "TESTINGPLATFORM", "COVERLET", "DOTNET_STARTUP_HOOKS"];

    /// <summary>Runs it and fails the test unless it succeeds. Skips the test if the packages that it needs cannot be had here.</summary>
    /// <returns>Its standard output, with line feeds only.</returns>
    public static string Run(string folder, params string[] args)
    {
        (int exitCode, string output) = Try(Host, folder, args);
        Assert.SkipWhen(exitCode != 0 && LacksAFeed(output), $"There is no package feed here. {FirstLineWith(output, "NU1301")}");
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', args)} in {folder} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>Runs a program: its exit code, and its standard output and error.</summary>
    public static (int ExitCode, string Output) Try(string program, string folder, params string[] args) => Try(program, folder, s_limit, args);

    /// <summary>Runs a program that must end within a limit of its own.</summary>
    public static (int ExitCode, string Output) Try(string program, string folder, TimeSpan limit, params string[] args)
    {
        ProcessStartInfo start = new(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsOfTestRun).ToArray())
        {
            start.Environment.Remove(name);
        }

        // As a user's: without a shared compiler each project would start one of its own.
        start.Environment.Remove("UseSharedCompilation");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // A build node that stays would keep the output open, and would be there after the tests.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        (int exitCode, string output, string error) = process.EndWithin(limit, $"{Path.GetFileName(program)} {string.Join(' ', args)}");
        return (exitCode, (output + error).ReplaceLineEndings("\n"));
    }

    /// <summary>The <c>dotnet</c> that runs the tests.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Whether a restore failed because a source on the network cannot be reached. A missing folder is a fault of the test.</summary>
    public static bool LacksAFeed(string output) => FirstLineWith(output, "NU1301").Contains("http", StringComparison.Ordinal);

    /// <summary>The first line that contains a text; empty if there is none.</summary>
    public static string FirstLineWith(string output, string text) =>
        output.Split('\n').FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal), string.Empty).Trim();

    private static bool IsOfTestRun(string name) =>
        s_prefixesOfTestRuns.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}
