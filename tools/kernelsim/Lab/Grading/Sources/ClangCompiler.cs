using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>The host's clang, which compiles a program in C to an object file.</summary>
internal static class ClangCompiler
{
    private const string Variable = "CLANG";
    private const int MostErrors = 3;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private static readonly string[] s_options =
        ["-g", "-target", "bpf", "-mcpu=v3", "-O2", "-ffreestanding", "-ffile-compilation-dir=.", "-fno-color-diagnostics"];

    /// <summary>Whether there is one, of that name on the path or where <c>CLANG</c> says.</summary>
    public static bool Exists => Run(["--version"], out _) == 0;

    /// <summary>Compiles a source.</summary>
    /// <param name="source">Full path of the source.</param>
    /// <param name="output">Full path of the object.</param>
    /// <returns>What is wrong with the source, with its lines; null if there is an object.</returns>
    public static string? Compile(string source, string output)
    {
        int exitCode = Run([.. s_options, "-c", Path.GetFileName(source), "-o", output], out string text, Path.GetDirectoryName(source));
        string[] errors = [.. text.Split('\n').Where(l => l.Contains("error:", StringComparison.Ordinal))];
        return exitCode == 0 ? null : errors.Length > 0 ? string.Join("; ", errors.Take(MostErrors)) : text.Split('\n')[0];
    }

    private static int Run(IReadOnlyList<string> arguments, out string errors, string? folder = null)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own ? own : "clang", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? "",
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            Task<string> text = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(s_limit))
            {
                process.Kill(entireProcessTree: true);
                errors = $"clang had not ended after {s_limit.TotalSeconds:0} s";
                return 1;
            }

            errors = text.GetAwaiter().GetResult();
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            errors = e.Message;
            return 1;
        }
    }
}
