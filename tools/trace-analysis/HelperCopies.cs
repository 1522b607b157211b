using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// Which map the copies of programs belong to. A copy carries no map, and a program that a hook runs belongs to no request: but the helper
/// that copied says which map it was called on, right before and on the same host thread.
/// </summary>
internal sealed class HelperCopies
{
    private readonly Dictionary<(int Process, long Thread), long> _maps = [];

    /// <summary>The map whose store a helper copied into or out of; null for every event that is no such copy.</summary>
    /// <param name="e">The next event of the trace; each must be shown.</param>
    public long? MapOf(TracedEvent e)
    {
        (int, long) thread = (e.Header.HostProcessId, e.Header.HostThreadId);
        if (e is HelperCallEvent call)
        {
            _maps[thread] = call.MapId;
            return null;
        }

        return _maps.Count > 0 && _maps.Remove(thread, out long map) && e is CopyEvent { Stage: CopyStage.MapStore or CopyStage.MapFetch }
            ? map
            : null;
    }
}
