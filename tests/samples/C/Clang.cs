using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace KernelSim.Samples.Tests.C;

/// <summary>The compiler that the objects of <c>samples/c</c> were made with, where this host has it.</summary>
internal static partial class Clang
{
    private const string Major = "19";

    private static readonly Lazy<string?> s_command = new(() => Array.Find(["clang-" + Major, "clang"], c => VersionOf(c) == Major));

    /// <summary>Why nothing can be compiled; null if it can.</summary>
    public static string? WhyUnavailable =>
        s_command.Value is null ? $"The host has no clang {Major}."
        : Output("make", "--version") is null ? "The host has no make."
        : null;

    /// <summary>Runs the Makefile of a folder, which writes to another.</summary>
    public static void Make(string folder, string into) =>
        Run("make", ["-s", "-C", folder, $"OUT={into}", $"CLANG={s_command.Value}"], $"make in {folder}");

    /// <summary>Compiles a file with more arguments than the object needs at least.</summary>
    public static void Compile(string source, string into, params string[] arguments) =>
        Run(s_command.Value!, ["-g", "-target", "bpf", "-O2", "-ffreestanding", .. arguments, "-c", source, "-o", into], source);

    private static void Run(string command, string[] arguments, string what)
    {
        (int exitCode, string output, string error) = Output(command, arguments)!.Value;
        Assert.True(exitCode == 0, $"{what} failed: {output}{error}");
    }

    private static string? VersionOf(string command) =>
        Output(command, "--version") is var (_, output, _) ? Version().Match(output).Groups[1].Value : null;

    private static (int ExitCode, string Output, string Error)? Output(string command, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return process.EndWithin($"the end of {command}");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"clang version (\d+)\.")]
    private static partial Regex Version();
}
