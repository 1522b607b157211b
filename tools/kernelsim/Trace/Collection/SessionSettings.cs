using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Serve;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>Whom to record, what, and for how long.</summary>
/// <param name="ProcessId">The process; null when it is a server's, or a command is to be started.</param>
/// <param name="Server">The server whose process it is; null for any other process.</param>
/// <param name="Command">The command and its arguments; empty when there is a process.</param>
/// <param name="Providers">What to record.</param>
/// <param name="Duration">How long; null: until the process ends or somebody interrupts.</param>
/// <param name="BufferMiB">Room for events that are not written yet.</param>
internal sealed record SessionSettings(
    int? ProcessId,
    string? Server,
    IReadOnlyList<string> Command,
    IReadOnlyList<ProviderRequest> Providers,
    TimeSpan? Duration,
    int BufferMiB)
{
    /// <summary>Finds the process of the server that was named, if one was.</summary>
    /// <param name="found">The settings with its process.</param>
    /// <returns>Why it is not found; null when it is, or none was named.</returns>
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

    /// <summary>Says that the recording of a process that ran already has begun: what it does from now on is heard.</summary>
    public void TellBegin(ToolConsole console)
    {
        if (ProcessId is { } id)
        {
            console.Note($"recording process {id} until it ends{(Duration is null ? "" : ", the time is over")} or Ctrl-C");
        }
    }
}
