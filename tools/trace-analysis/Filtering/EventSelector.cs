using System.Globalization;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Filtering;

/// <summary>
/// Selects events by a filter that depends on requests. In a file, all events are learned first and then selected; in a live
/// session each event is learned and judged as it arrives, so a request appears from the event on that makes it match.
/// </summary>
/// <param name="filter">The conditions.</param>
public sealed class EventSelector(EventFilter filter)
{
    private readonly HashSet<ulong> _withErrno = [];

    /// <summary>Requests whose last status decodes to the errno, until the library says what it made of it.</summary>
    private readonly HashSet<ulong> _withStatus = [];
    private readonly HashSet<ulong> _onMap = [];
    private readonly HashSet<long> _namedMaps = [];

    /// <summary>The maps that the copies of programs belong to, while events are selected.</summary>
    private readonly HelperCopies _helpers = new();

    /// <summary>Requests that reached a map before its name was known, by the map's id.</summary>
    private readonly Dictionary<long, HashSet<ulong>> _waiting = [];

    private readonly long? _mapId =
        filter.Map is { } map && long.TryParse(map, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;

    /// <summary>Learns an event's contribution to its request.</summary>
    public void Learn(TracedEvent e)
    {
        if (e.RequestId != 0 && filter.Errno is { } errno && e.Header.Payload.Text("errno") == errno)
        {
            _withErrno.Add(e.RequestId);
        }

        if (filter.Errno is not null)
        {
            LearnStatus(e);
        }

        if (filter.Map is not null && e.Header.Payload.Has("mapId"))
        {
            LearnMap(e, e.Header.Payload.Int64("mapId"));
        }
    }

    /// <summary>Whether an event is selected, by what was learned so far. Must be called for each event, in order.</summary>
    public bool Wants(TracedEvent e)
    {
        bool onMap = filter.Map is null || IsOnMap(e);
        return onMap
            && filter.MatchesAlone(e)
            && (filter.Errno is null
                || _withErrno.Contains(e.RequestId)
                || _withStatus.Contains(e.RequestId)
                || e.Header.Payload.Text("errno") == filter.Errno);
    }

    private void LearnStatus(TracedEvent e)
    {
        if (e is IoctlStopEvent stop && stop.RequestId != 0 && stop.Errno == filter.Errno)
        {
            _withStatus.Add(stop.RequestId);
        }
        else if (e is IoctlStopEvent or ErrnoMappedEvent or ApiCallStopEvent)
        {
            _withStatus.Remove(e.RequestId);
        }
    }

    /// <summary>An event outside a request is about a map if it says so, or if it is the copy of a helper that was called on it.</summary>
    private bool IsOnMap(TracedEvent e)
    {
        long? copied = _helpers.MapOf(e);
        return _onMap.Contains(e.RequestId)
            || (copied is { } map && IsWanted(map))
            || (e.Header.Payload.Has("mapId") && IsWanted(e.Header.Payload.Int64("mapId")));
    }

    private void LearnMap(TracedEvent e, long map)
    {
        if (_mapId is null && e.Header.Payload.Text("name") == filter.Map && _namedMaps.Add(map) && _waiting.Remove(map, out HashSet<ulong>? waiting))
        {
            _onMap.UnionWith(waiting);
        }

        if (e.RequestId == 0)
        {
            return;
        }

        if (IsWanted(map))
        {
            _onMap.Add(e.RequestId);
        }
        else if (_mapId is null)
        {
            if (!_waiting.TryGetValue(map, out HashSet<ulong>? requests))
            {
                _waiting.Add(map, requests = []);
            }

            requests.Add(e.RequestId);
        }
    }

    private bool IsWanted(long map) => _mapId == map || _namedMaps.Contains(map);
}
