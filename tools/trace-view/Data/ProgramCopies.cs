using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceView.Data;

/// <summary>
/// Tells the copies of programs from those of requests: a copy says nothing about who made it, but a program's follows the call of the helper that
/// made it, on the same host thread.
/// </summary>
internal sealed class ProgramCopies
{
    private readonly HashSet<(int Process, long Thread)> _inHelper = [];

    /// <summary>Whether an event is a copy of a program's.</summary>
    /// <param name="e">The next event of the trace; must be called for each.</param>
    public bool Has(TracedEvent e)
    {
        (int, long) thread = (e.Header.HostProcessId, e.Header.HostThreadId);
        if (e is HelperCallEvent)
        {
            _inHelper.Add(thread);
            return false;
        }

        return _inHelper.Count > 0 && _inHelper.Remove(thread) && e is CopyEvent { Stage: CopyStage.MapStore or CopyStage.MapFetch };
    }
}
