using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Filtering;

/// <summary>Selects events: those that meet every condition that is set.</summary>
public sealed record EventFilter
{
    /// <summary>Levels by name, most severe first; those of <see cref="EventHeader.Level"/>.</summary>
    public static IReadOnlyList<string> Levels => EventLevels.All;

    /// <summary>Request ids; empty: all.</summary>
    public IReadOnlyCollection<ulong> Requests { get; init; } = [];

    /// <summary>Provider names; empty: all.</summary>
    public IReadOnlyCollection<string> Providers { get; init; } = [];

    /// <summary>Event names; empty: all.</summary>
    public IReadOnlyCollection<string> Events { get; init; } = [];

    /// <summary>The least severe level, one of <see cref="Levels"/>; null: all.</summary>
    public string? Level { get; init; }

    /// <summary>
    /// An errno by name: only events of requests that contain it, or whose status decodes to it where the library's errno was not recorded;
    /// null: all.
    /// </summary>
    public string? Errno { get; init; }

    /// <summary>A map by id or by name: only events about it, and of requests that reached it; null: all.</summary>
    public string? Map { get; init; }

    /// <summary>Whether the filter depends on the event's request: such a filter needs all events before it can select.</summary>
    public bool AsksAboutRequests => Errno is not null || Map is not null;

    /// <summary>Whether the event meets the conditions that do not depend on its request.</summary>
    public bool MatchesAlone(TracedEvent e) =>
        (Requests.Count == 0 || Requests.Contains(e.RequestId))
        && (Providers.Count == 0 || Providers.Contains(e.Header.Provider, StringComparer.OrdinalIgnoreCase))
        && (Events.Count == 0 || Events.Contains(e.Header.Name, StringComparer.OrdinalIgnoreCase))
        && (Level is null || EventLevels.NumberOf(e.Header.Level) <= EventLevels.NumberOf(Level));
}
