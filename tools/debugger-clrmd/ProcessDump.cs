using System.Net.Sockets;
using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.NETCore.Client;

namespace KernelSim.Debugger.ClrMd;

/// <summary>
/// Makes a dump of a .NET process with its heap and its native memory. The process dumps itself, asked through its diagnostics port, so this
/// takes no right to trace it; it is stopped meanwhile.
/// </summary>
internal static class ProcessDump
{
    /// <summary>Writes a dump. The file gets its name when it is complete; if it cannot be, none is left.</summary>
    /// <param name="pid">The id of the process, a .NET process of this user.</param>
    /// <param name="path">The file.</param>
    /// <param name="withHeap">False for a mini dump, which is of no use here.</param>
    /// <exception cref="TargetReadException">There is no such process, it cannot be asked, or it cannot write there.</exception>
    public static void Write(int pid, string path, bool withHeap = true)
    {
        string full = Path.GetFullPath(path.Length == 0 ? "." : path);
        string unfinished = $"{full}.{Environment.ProcessId}.part";
        string name = ProcessRefusal.NameOf(pid);
        ProcessRefusal.RequireRunning(pid, name);
        if (WhyNoPlace(path) is { } refusal)
        {
            throw new TargetReadException(refusal);
        }

        try
        {
            Request(pid, unfinished, withHeap ? DumpType.WithHeap : DumpType.Normal);
            File.Move(unfinished, full, overwrite: true);
        }
        catch (Exception) when (ProcessRefusal.HasEnded(pid))
        {
            throw new TargetReadException($"process {pid} ({name}) given, expected one that runs: it ended before the dump '{path}' was written");
        }
        catch (ServerNotAvailableException)
        {
            throw new TargetReadException(ProcessRefusal.IsOfAnotherUser(pid)
                ? $"process {pid} ({name}) given, expected one of this user: it belongs to another, who can run 'kernelsim dump --pid {pid} -o FILE' "
                    + "and chmod the file, which has mode 0600"
                : $"process {pid} ({name}) given, expected a .NET process with diagnostics on: it has no diagnostics port; "
                    + $"'kernelsim debug --pid {pid}' needs none");
        }
        catch (Exception refused) when (refused is DiagnosticsClientException or IOException or UnauthorizedAccessException or TimeoutException
            or SocketException or ObjectDisposedException)
        {
            throw new TargetReadException($"process {pid} ({name}) could not write the dump '{path}': {Reason(refused)}", refused);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Why no dump can be written to a file, in one line: no folder, a folder itself, not permitted. Null if it can be.</summary>
    public static string? WhyNoPlace(string path)
    {
        string full = path.Length == 0 ? "" : Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? full;
        string? reason = full.Length == 0 ? "it is empty"
            : Directory.Exists(full) ? "it is a folder"
            : !Directory.Exists(folder) ? $"there is no folder '{folder}'"
            : WhyNotWritable($"{full}.{Environment.ProcessId}.part");
        return reason is null ? null : $"'{path}' given, expected a file to write the dump to: {reason}";
    }

    private static string? WhyNotWritable(string file)
    {
        try
        {
            using FileStream probe = new(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused is UnauthorizedAccessException ? "permission denied" : DamageText.FirstLine(refused);
        }
    }

    /// <summary>
    /// Asks for a dump. It fails now and then when a thread of the process ends while the threads are looked at; a second time that thread is
    /// no longer there.
    /// </summary>
    private static void Request(int pid, string file, DumpType type)
    {
        DiagnosticsClient client = new(pid);
        try
        {
            client.WriteDump(type, file);
        }
        catch (DiagnosticsClientException) when (!ProcessRefusal.HasEnded(pid))
        {
            client.WriteDump(type, file);
        }
    }

    /// <summary>The end of what the dumping program said, which may be several lines.</summary>
    private static string Reason(Exception refused) =>
        refused.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? refused.GetType().Name;
}
