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
        string full = Path.GetFullPath(path);
        string unfinished = $"{full}.{Environment.ProcessId}.part";
        string name = ProcessRefusal.NameOf(pid);
        if (name.Length == 0)
        {
            throw new TargetReadException($"process {pid} given, expected one that runs: there is none of that id");
        }

        RequirePlace(path, full);
        try
        {
            new DiagnosticsClient(pid).WriteDump(withHeap ? DumpType.WithHeap : DumpType.Normal, unfinished);
            File.Move(unfinished, full, overwrite: true);
        }
        catch (ServerNotAvailableException)
        {
            throw new TargetReadException(ProcessRefusal.IsOfAnotherUser(pid)
                ? $"process {pid} ({name}) given, expected one of this user: it belongs to another, who can run 'kernelsim dump --pid {pid} -o FILE'"
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

    private static void RequirePlace(string path, string full)
    {
        string folder = Path.GetDirectoryName(full) ?? full;
        string? reason = Directory.Exists(full) ? "it is a folder" : Directory.Exists(folder) ? null : $"there is no folder '{folder}'";
        if (reason is not null)
        {
            throw new TargetReadException($"'{path}' given, expected a file to write the dump to: {reason}");
        }
    }

    /// <summary>The end of what the dumping program said, which may be several lines.</summary>
    private static string Reason(Exception refused) =>
        refused.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? refused.GetType().Name;
}
