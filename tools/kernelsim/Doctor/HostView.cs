using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Doctor;

/// <summary>The host as <c>doctor</c> looks at it. Tests replace parts of it.</summary>
/// <param name="Console">The console that the output goes to.</param>
internal sealed record HostView(ToolConsole Console)
{
    /// <summary>CAP_SYS_PTRACE.</summary>
    public const int SysPtrace = 19;

    /// <summary>CAP_SYS_ADMIN.</summary>
    public const int SysAdmin = 21;

    /// <summary>CAP_PERFMON.</summary>
    public const int Perfmon = 38;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The operating system.</summary>
    public HostSystem System { get; init; } =
        OperatingSystem.IsLinux() ? HostSystem.Linux
        : OperatingSystem.IsWindows() ? HostSystem.Windows
        : OperatingSystem.IsMacOS() ? HostSystem.MacOS
        : HostSystem.Other;

    /// <summary>Text of a file, without white space at its ends; null where it cannot be read.</summary>
    public Func<string, string?> ReadText { get; init; } = ReadFile;

    /// <summary>A variable of the environment; null where it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>What a program prints, given its path and its arguments; null where it does not run or fails.</summary>
    public Func<string, string, string?> Ask { get; init; } = RunProgram;

    /// <summary>Processors that this process may use.</summary>
    public int Processors { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether this process holds a capability of Linux.</summary>
    public bool Holds(int capability)
    {
        const string Field = "CapEff:";
        string? line = ReadText("/proc/self/status")?.Split('\n').FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        return ulong.TryParse(line?[Field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong held)
            && (held >> capability & 1) != 0;
    }

    /// <summary>The first program of these names on the PATH; null if there is none.</summary>
    public string? Find(params IEnumerable<string> names) => (Variable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => names.Select(n => Path.Combine(folder, System == HostSystem.Windows ? n + ".exe" : n)))
        .FirstOrDefault(File.Exists);

    /// <summary>How a package is installed here.</summary>
    /// <param name="apt">Its name in Debian and Ubuntu.</param>
    /// <param name="brew">Its name in Homebrew.</param>
    /// <param name="winget">Its id in winget.</param>
    public string Install(string apt, string brew, string winget) => System switch
    {
        HostSystem.Windows => $"winget install {winget}",
        HostSystem.MacOS => $"brew install {brew}",
        _ => $"sudo apt-get install {apt}, or your distribution's package of it",
    };

    private static string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? RunProgram(string path, string arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(path, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (process.WaitForExit(s_patience) && output.Wait(s_patience))
            {
                return process.ExitCode == 0 ? output.Result : null;
            }

            process.Kill(entireProcessTree: true);
            return null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
