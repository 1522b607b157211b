using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>
/// The compiler of the .NET SDK, called without MSBuild: the judge compiles the sources that were handed in with settings of its own, whatever
/// the folder's project says, and asks no feed.
/// </summary>
internal static class CSharpCompiler
{
    private const int LeastVersion = 10;
    private const int MostErrors = 5;

    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private static readonly string[] s_options =
    [
        "-nologo", "-noconfig", "-nostdlib+", "-target:library", "-langversion:latest", "-nullable:enable", "-unsafe+", "-optimize+",
        "-debug:portable", "-deterministic+", "-utf8output", "-preferreduilang:en", "-nowarn:CS8632",
    ];

    /// <summary>Compiles sources into a library.</summary>
    /// <param name="sources">Full paths of the sources.</param>
    /// <param name="output">Full path of the library.</param>
    /// <returns>What is wrong with the sources, with file and line, or what is missing; null if there is a library.</returns>
    public static string? Compile(IEnumerable<string> sources, string output)
    {
        if (LabAssemblies.WhyNone is { } none)
        {
            return none;
        }

        if (FindCompiler() is not { } compiler)
        {
            return $"C# tasks need the .NET SDK, version {LeastVersion} or later: 'dotnet --list-sdks' shows none";
        }

        string folder = Path.GetDirectoryName(output)!;
        string usings = Path.Combine(folder, "usings.cs");
        string response = Path.Combine(folder, "csc.rsp");
        File.WriteAllText(usings, Usings);
        File.WriteAllLines(
            response,
            [
                .. s_options,
                $"-out:\"{output}\"",
                .. sources.Select(s => Path.GetDirectoryName(s)).Distinct().Select(f => $"-pathmap:\"{f}\"=."),
                .. LabAssemblies.OfRuntime().Union(LabAssemblies.OfTool).Select(r => $"-r:\"{r}\""),
                .. sources.Append(usings).Select(s => $"\"{s}\""),
            ]);
        (int exitCode, string text) = Run(["exec", compiler, $"@{response}"]);
        return exitCode == 0 ? null : Errors(text);
    }

    private static string Errors(string text)
    {
        string[] errors =
            [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.Contains("error CS", StringComparison.Ordinal))];
        string rest = errors.Length > MostErrors ? $"; and {errors.Length - MostErrors} more" : "";
        return errors.Length == 0 ? text.Split('\n')[0] : string.Join("; ", errors.Take(MostErrors)) + rest;
    }

    private static string? FindCompiler()
    {
        // Lines such as "10.0.401 [/usr/share/dotnet/sdk]".
        (int exitCode, string text) = Run(["--list-sdks"]);
        return exitCode != 0
            ? null
            : text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => l.Trim().TrimEnd(']').Split(" [", 2))
                .Where(p => p.Length == 2 && Version.TryParse(p[0].Split('-')[0], out Version? version) && version.Major >= LeastVersion)
                .Select(p => Path.Combine(p[1], p[0], "Roslyn", "bincore", "csc.dll"))
                .LastOrDefault(File.Exists);
    }

    private static (int ExitCode, string Output) Run(IReadOnlyList<string> arguments)
    {
        bool isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string host = isHost ? Environment.ProcessPath! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(host, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["DOTNET_NOLOGO"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(s_limit))
            {
                process.Kill(entireProcessTree: true);
                return (1, $"the compiler had not ended after {s_limit.TotalSeconds:0} s");
            }

            return (process.ExitCode, output.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            return (1, e.Message);
        }
    }
}
