using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// Relates the copies of programs to maps. A copy carries no map, and a program that a hook runs belongs to no request: but the preceding
/// event of the helper that copied, on the same host thread, names the map that it was called on.
/// </summary>
internal sealed class HelperCopies
{
    private readonly Dictionary<(int Process, long Thread), long> _maps = [];

    /// <summary>The map from or to whose store a helper copied; null for every other event.</summary>
    /// <param name="e">The next event of the trace; must be called for each.</param>
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
