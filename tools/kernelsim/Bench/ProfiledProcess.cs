using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KernelSim.Tool.Bench;

/// <summary>
/// Starts the command again with the JIT's profiles. The command's other verbs run without them, since most end before profiles pay for themselves;
/// a program that uses the library for longer has them, as by default every .NET program has.
/// </summary>
internal static partial class ProfiledProcess
{
    private const string Variable = "DOTNET_TieredPGO";
    private const string Switch = "System.Runtime.TieredPGO";

    /// <summary>Whether this process runs without profiles although its environment does not ask for that.</summary>
    public static bool IsNeeded =>
        AppContext.TryGetSwitch(Switch, out bool on) && !on && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Runs the same command line again. On Unix this process becomes it, and the call returns only if that fails.</summary>
    /// <returns>The exit code; null if it could not be started.</returns>
    public static int? Run()
    {
        if (Environment.ProcessPath is not { } program)
        {
            return null;
        }

        string[] given = Environment.GetCommandLineArgs();
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] arguments = isHost ? given : given[1..];
        if (!OperatingSystem.IsWindows())
        {
            string?[] environment =
            [
                .. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                    .Where(e => (string)e.Key != Variable).Select(e => $"{e.Key}={e.Value}"),
                $"{Variable}=1",
                null,
            ];
            WithdrawPort();
            Execute(program, [program, .. arguments, null], environment);
            return null;
        }

        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false };
        start.Environment[Variable] = "1";
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>
    /// Deletes the diagnostics port of this process. The new program has its process id and its start time, and so the same name for its port: it
    /// would find the name taken.
    /// </summary>
    private static void WithdrawPort()
    {
        foreach (string port in Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-*-socket"))
        {
            File.Delete(port);
        }
    }

    /// <summary><c>execve</c>. The arrays end with a null.</summary>
    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Execute(string path, string?[] arguments, string?[] environment);
}
