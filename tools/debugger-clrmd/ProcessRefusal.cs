using System.Diagnostics;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Why the operating system does not let us read a process, and what to do instead.</summary>
internal static class ProcessRefusal
{
    private const string YamaScope = "/proc/sys/kernel/yama/ptrace_scope";

    /// <summary>The message for a process that may not be stopped or read.</summary>
    public static string OfProcess(int pid)
    {
        string dump = $"'kernelsim dump --pid {pid} -o FILE', then 'kernelsim debug --dump FILE'";
        return HasEnded(pid) ? OfEnded(pid)
            : IsOfAnotherUser(pid) ? $"process {pid} given, expected one of this user: it belongs to another; have its user run {dump}; "
                + "the dump has mode 0600, and chmod lets you read it"
            : TracerOf(pid) is { } tracer ? $"process {pid} given, expected one that no debugger holds: process {tracer} traces it"
            : !HasDiagnostics(pid) ? $"process {pid} given, expected a .NET process: it has no diagnostics port, and may not be traced"
            : ScopeOf(YamaScope) is { } scope and not "0"
                ? $"process {pid} given, expected one that may be traced: Yama's ptrace_scope is {scope}; run the debugger as root, or {dump}"
            : $"process {pid} given, expected one that may be traced, which is not permitted here: {dump}";
    }

    /// <summary>The message for a process that has ended.</summary>
    public static string OfEnded(int pid) => $"process {pid} given, expected one that runs: it has ended";

    /// <summary>Refuses an id that no running process has.</summary>
    /// <param name="pid">The id.</param>
    /// <param name="name">What <see cref="NameOf"/> says.</param>
    /// <exception cref="TargetReadException">It has ended, or never was.</exception>
    public static void RequireRunning(int pid, string name)
    {
        if (name.Length == 0)
        {
            throw new TargetReadException($"process {pid} given, expected one that runs: there is none of that id");
        }

        if (HasEnded(pid))
        {
            throw new TargetReadException(OfEnded(pid));
        }
    }

    /// <summary>Whether a process has ended. Until its parent asks how, it still has an entry, and may not be traced.</summary>
    public static bool HasEnded(int pid) => OperatingSystem.IsLinux()
        ? Status($"{pid}", "State:") is not { } state || state.StartsWith('Z') || state.StartsWith('X')
        : NameOf(pid).Length == 0;

    /// <summary>The name of a process for messages; empty if it cannot be told.</summary>
    public static string NameOf(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }

    /// <summary>Whether a process runs as another user than this one, as far as that can be told. For root there is no other.</summary>
    public static bool IsOfAnotherUser(int pid) =>
        UserOf("self") is { } own and not "0" && UserOf($"{pid}") is { } other && own != other;

    /// <summary>Whether a process has a diagnostics port: it is one of .NET's.</summary>
    private static bool HasDiagnostics(int pid)
    {
        try
        {
            return !OperatingSystem.IsLinux() || Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{pid}-*").Any();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string? TracerOf(int pid) => Status($"{pid}", "TracerPid:") is { } tracer and not "0" ? tracer : null;

    private static string? UserOf(string process) => Status(process, "Uid:")?.Split('\t')[0];

    private static string? Status(string process, string field) => Lines($"/proc/{process}/status")
        .FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal))?[field.Length..].Trim();

    private static string? ScopeOf(string path) => Lines(path).FirstOrDefault()?.Trim();

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
