using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>Whom to record, what, and for how long.</summary>
/// <param name="ProcessId">The process; null when a command is to be started.</param>
/// <param name="Command">The command and its arguments; empty when there is a process.</param>
/// <param name="Providers">What to record.</param>
/// <param name="Duration">How long; null: until the process ends or somebody interrupts.</param>
/// <param name="BufferMiB">Room for events that are not written yet.</param>
internal sealed record SessionSettings(
    int? ProcessId, IReadOnlyList<string> Command, IReadOnlyList<ProviderRequest> Providers, TimeSpan? Duration, int BufferMiB);
