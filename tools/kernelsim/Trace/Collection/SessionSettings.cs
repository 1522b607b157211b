using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>What to record, and for how long.</summary>
/// <param name="ProcessId">Id of the process; null if it is a server's, or a command is to be started.</param>
/// <param name="Server">The server whose process it is; null for any other process.</param>
/// <param name="Command">The command and its arguments; empty if there is a process.</param>
/// <param name="Providers">The providers to record.</param>
/// <param name="Profile">The profile that selects them; null if the providers were named.</param>
/// <param name="Duration">The duration; null: until the process exits or is interrupted.</param>
/// <param name="BufferMiB">Buffer for events that are not yet written.</param>
internal sealed record SessionSettings(
    int? ProcessId,
    string? Server,
    IReadOnlyList<string> Command,
    IReadOnlyList<ProviderRequest> Providers,
    TraceProfile? Profile,
    TimeSpan? Duration,
    int BufferMiB)
{
    /// <summary>Finds the process of the named server, if there is one.</summary>
    /// <param name="found">The settings with its process.</param>
    /// <returns>Why it was not found; null if it was, or none was named.</returns>
    public Failure? FindServer(out SessionSettings found)
    {
        found = this;
        if (Server is null)
        {
            return null;
        }

        Failure? failure = ServerClient.FindProcess(Server, out int processId);
        found = this with { ProcessId = processId };
        return failure;
    }

    /// <summary>Reports that the recording of a running process has begun: its events are recorded from now on.</summary>
    public void TellBegin(ToolConsole console)
    {
        if (ProcessId is { } id)
        {
            console.Note($"recording process {id} until it ends{(Duration is null ? "" : ", the time is over")} or Ctrl-C");
        }
    }
}
