using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// What the kernel said of the map behind each descriptor: when a call made the map and returned the descriptor, and whenever a call with
/// it came as far as the map. Built once a trace, so that each of many refused calls finds its own map at once.
/// </summary>
internal sealed class MapTestimony
{
    private readonly Dictionary<int, List<(int ProcessId, TracedEvent Said)>> _byDescriptor = [];

    public MapTestimony(IReadOnlyList<RequestView> requests)
    {
        foreach (RequestView request in requests)
        {
            if (request.Stop is { Result: > 0 } made)
            {
                Keep(made.Result, request, request.Events.OfType<MapCreateEvent>().LastOrDefault());
            }

            if (request.Start is { } call)
            {
                Keep(call.Descriptor, request, request.Events.OfType<MapLayoutEvent>().LastOrDefault());
            }
        }
    }

    /// <summary>The latest before a position.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="processId">Whose it is; 0 when the trace does not say, which any process fits.</param>
    /// <param name="position">The place in the trace.</param>
    /// <returns>A <see cref="MapLayoutEvent"/> or a <see cref="MapCreateEvent"/>; null when the kernel said nothing of it.</returns>
    public TracedEvent? LastBefore(int descriptor, int processId, int position) =>
        _byDescriptor.GetValueOrDefault(descriptor)?
            .FindLast(t => t.Said.Position < position && (t.ProcessId == processId || t.ProcessId == 0 || processId == 0)).Said;

    private void Keep(int descriptor, RequestView request, TracedEvent? said)
    {
        if (said is null || descriptor < 0)
        {
            return;
        }

        if (!_byDescriptor.TryGetValue(descriptor, out List<(int, TracedEvent)>? all))
        {
            _byDescriptor.Add(descriptor, all = []);
        }

        all.Add((request.ProcessId, said));
    }
}
