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
        return IsOfAnotherUser(pid) ? $"process {pid} given, expected one of this user: it belongs to another; {dump}"
            : TracerOf(pid) is { } tracer ? $"process {pid} given, expected one that no debugger holds: process {tracer} traces it"
            : ScopeOf(YamaScope) is { } scope and not "0"
                ? $"process {pid} given, expected one that may be traced: Yama's ptrace_scope is {scope}; "
                    + $"run it as root, or 'kernelsim dump --pid {pid} -o FILE', then 'kernelsim debug --dump FILE'"
            : $"process {pid} given, expected one that may be traced, which is not permitted here: 'kernelsim dump --pid {pid} -o FILE', "
                + "then 'kernelsim debug --dump FILE'";
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

    /// <summary>Whether a process runs as another user than this one, as far as that can be told. For root there is no other.</summary>
    public static bool IsOfAnotherUser(int pid) =>
        UserOf("self") is { } own and not "0" && UserOf($"{pid}") is { } other && own != other;

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
