using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Filtering;

/// <summary>Which events somebody wants to see: those that meet every condition that is set.</summary>
public sealed record EventFilter
{
    /// <summary>Levels by name, the gravest first; those of <see cref="EventHeader.Level"/>.</summary>
    public static IReadOnlyList<string> Levels { get; } = ["Always", "Critical", "Error", "Warning", "Informational", "Verbose"];

    /// <summary>Request ids; empty: all.</summary>
    public IReadOnlyCollection<ulong> Requests { get; init; } = [];

    /// <summary>Provider names; empty: all.</summary>
    public IReadOnlyCollection<string> Providers { get; init; } = [];

    /// <summary>Event names; empty: all.</summary>
    public IReadOnlyCollection<string> Events { get; init; } = [];

    /// <summary>The least grave level, one of <see cref="Levels"/>; null: all.</summary>
    public string? Level { get; init; }

    /// <summary>An errno by name: only events of requests in which something says so; null: all.</summary>
    public string? Errno { get; init; }

    /// <summary>A map by id or by name: only events about it, and of requests that reached it; null: all.</summary>
    public string? Map { get; init; }

    /// <summary>Whether what an event is part of matters: such a filter has to hear of all events before it can choose.</summary>
    public bool AsksAboutRequests => Errno is not null || Map is not null;

    /// <summary>Whether the event by itself meets the conditions that can be judged so.</summary>
    public bool MatchesAlone(TracedEvent e) =>
        (Requests.Count == 0 || Requests.Contains(e.RequestId))
        && (Providers.Count == 0 || Providers.Contains(e.Header.Provider, StringComparer.OrdinalIgnoreCase))
        && (Events.Count == 0 || Events.Contains(e.Header.Name, StringComparer.OrdinalIgnoreCase))
        && (Level is null || Rank(e.Header.Level) <= Rank(Level));

    private static int Rank(string level)
    {
        for (int i = 0; i < Levels.Count; i++)
        {
            if (Levels[i].Equals(level, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return Levels.Count;
    }
}
