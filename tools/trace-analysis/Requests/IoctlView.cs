using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>One control request of an API call.</summary>
/// <param name="Start">Its start in the I/O manager.</param>
/// <param name="Stop">Its completion; null if the trace ends before.</param>
public sealed record IoctlView(IoctlStartEvent Start, IoctlStopEvent? Stop)
{
    internal static IReadOnlyList<IoctlView> Build(IReadOnlyList<TracedEvent> events)
    {
        List<IoctlView> ioctls = [];
        foreach (TracedEvent e in events)
        {
            if (e is IoctlStartEvent start)
            {
                ioctls.Add(new IoctlView(start, null));
            }
            else if (e is IoctlStopEvent stop && ioctls is [.., { Stop: null } open])
            {
                ioctls[^1] = open with { Stop = stop };
            }
        }

        return ioctls;
    }
}
