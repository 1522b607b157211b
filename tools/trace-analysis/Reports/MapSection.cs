using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>
/// Totals the activity of each map. A helper's copy belongs to the helper's map, any other to the map that its request reached last.
/// </summary>
internal sealed class MapSection
{
    private readonly SortedDictionary<long, Map> _maps = [];
    private readonly HelperCopies _helpers = new();

    public IReadOnlyList<MapTotals> Maps =>
    [
        .. _maps.Select(m => new MapTotals(
            m.Key,
            m.Value.Name,
            m.Value.Type,
            m.Value.Requests,
            m.Value.HelperCalls,
            m.Value.Stores,
            m.Value.StoredBytes,
            m.Value.Fetches,
            m.Value.FetchedBytes)),
    ];

    /// <summary>Processes an event; the request is null outside one.</summary>
    public void Add(TracedEvent e, OpenRequest? request)
    {
        long? helped = _helpers.MapOf(e);
        if (e is CopyEvent copy)
        {
            if ((helped ?? request?.MapId) is { } reached)
            {
                Count(Of(reached), copy);
            }
        }
        else if (e.Header.Payload.Int64("mapId") is not 0 and long id)
        {
            Map map = Of(id);
            if (e.Header.Name is "MapCreate" or "MapDelete")
            {
                map.Name = e.Header.Payload.Text("name");
                map.Type = e.Header.Payload.Text("type");
            }

            if (e is HelperCallEvent)
            {
                map.HelperCalls++;
            }

            if (request is not null)
            {
                request.MapId = id;
                map.Requests += request.Reached.Add(id) ? 1 : 0;
            }
        }
    }

    private static void Count(Map map, CopyEvent copy)
    {
        if (copy.Stage == CopyStage.MapStore)
        {
            map.Stores++;
            map.StoredBytes += copy.Bytes;
        }
        else if (copy.Stage == CopyStage.MapFetch)
        {
            map.Fetches++;
            map.FetchedBytes += copy.Bytes;
        }
    }

    private Map Of(long id)
    {
        if (!_maps.TryGetValue(id, out Map? map))
        {
            _maps.Add(id, map = new Map());
        }

        return map;
    }

    private sealed class Map
    {
        public string Name { get; set; } = string.Empty;

        public string Type { get; set; } = string.Empty;

        public long Requests { get; set; }

        public long HelperCalls { get; set; }

        public long Stores { get; set; }

        public long StoredBytes { get; set; }

        public long Fetches { get; set; }

        public long FetchedBytes { get; set; }
    }
}
