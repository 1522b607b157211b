using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;

namespace KernelSim.Debugger.Commands;

/// <summary>For commands: the trace that the session was given with the target, if any. It is read anew for each question.</summary>
internal interface ITraceAccess
{
    /// <summary>Whether there is one.</summary>
    bool IsGiven { get; }

    /// <summary>Id of the last request of the trace that failed; null if none did.</summary>
    /// <exception cref="CommandException">The trace cannot be read.</exception>
    ulong? LastFailed();

    /// <summary>Why a request failed; null if the trace has no event of it.</summary>
    /// <param name="request">Id of the request.</param>
    /// <exception cref="CommandException">The trace cannot be read.</exception>
    FailureStory? Story(ulong request);

    /// <summary>A request's events with those just before and after, in the order of time. Empty if the trace has none of it.</summary>
    /// <param name="request">Id of the request.</param>
    /// <param name="neighbours">How many others on either side.</param>
    /// <exception cref="CommandException">The trace cannot be read.</exception>
    IReadOnlyList<TracedEvent> EventsAround(ulong request, int neighbours);
}
