using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;

namespace KernelSim.Debugger.Commands;

/// <summary>A session without a trace.</summary>
internal sealed class WithoutTrace : ITraceAccess
{
    /// <inheritdoc/>
    public bool IsGiven => false;

    /// <inheritdoc/>
    public ulong? LastFailed() => null;

    /// <inheritdoc/>
    public FailureStory? Story(ulong request) => null;

    /// <inheritdoc/>
    public IReadOnlyList<TracedEvent> EventsAround(ulong request, int neighbours) => [];
}
