using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// The kernel's testimony about the map behind each descriptor: when a call created the map and returned the descriptor, and whenever a call with
/// it reached the map. Built once per trace, so that each of many refused calls finds its map quickly.
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

    /// <summary>The latest testimony before a position.</summary>
    /// <param name="descriptor">The descriptor of the map.</param>
    /// <param name="processId">The process that it belongs to; 0 if the trace does not say, which matches any process.</param>
    /// <param name="position">The position in the trace.</param>
    /// <returns>A <see cref="MapLayoutEvent"/> or a <see cref="MapCreateEvent"/>; null if there is none.</returns>
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
