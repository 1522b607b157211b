using System.Diagnostics;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Why the operating system does not let us read a process, and what to do instead.</summary>
internal static class ProcessRefusal
{
    private const string YamaScope = "/proc/sys/kernel/yama/ptrace_scope";

    /// <summary>The message for a process that may not be stopped or read.</summary>
    public static string OfProcess(int pid)
    {
        string dump = $"have its user run 'kernelsim dump --pid {pid} -o FILE', then 'kernelsim debug --dump FILE'";
        return TracerOf(pid) is { } tracer ? $"process {pid} given, expected one that no debugger holds: process {tracer} traces it"
            : ScopeOf(YamaScope) is { } scope and not "0"
                ? $"process {pid} given, expected one that may be traced: Yama's ptrace_scope is {scope}; "
                    + $"run it as root, or 'kernelsim dump --pid {pid} -o FILE', then 'kernelsim debug --dump FILE'"
            : $"process {pid} given, expected one that may be traced: it belongs to another user, or tracing is not permitted here; {dump}";
    }

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

    private static string? TracerOf(int pid) => Lines($"/proc/{pid}/status")
        .FirstOrDefault(l => l.StartsWith("TracerPid:", StringComparison.Ordinal))?.Split(':')[1].Trim() is { } tracer and not "0" ? tracer : null;

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
