using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>The recording of a process that already runs, and continues to run afterwards.</summary>
internal static class AttachedRun
{
    /// <summary>Records the process until it ends, the duration is over, or Ctrl-C.</summary>
    /// <param name="settings">What to record, and for how long.</param>
    /// <param name="processId">The host's id of the process.</param>
    /// <param name="heartbeat">Whether events must arrive soon even if the process falls silent.</param>
    /// <param name="drain">Reads the events to their end; called when the session has begun.</param>
    /// <exception cref="TargetException">The process cannot be recorded.</exception>
    public static void Run(SessionSettings settings, int processId, bool heartbeat, Action<Stream> drain)
    {
        using TraceTarget target = TraceTarget.Running(processId);
        using StopSignal stop = new(duration: null, target.Stop);
        Stream events = target.Begin(settings.Providers, settings.BufferMiB, heartbeat);
        stop.StopAfter(stop.HasActed ? TimeSpan.Zero : settings.Duration ?? Timeout.InfiniteTimeSpan);

        // A signal before the session began found nothing to stop.
        Task? early = stop.HasActed ? Task.Run(target.Stop) : null;
        drain(events);
        early?.Wait();
    }
}
