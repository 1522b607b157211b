using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Trace.Conversion;

/// <summary>All fields of the events of a trace, in the order in which they first appear: the columns of its table.</summary>
internal sealed class CsvColumns
{
    private readonly Dictionary<string, int> _places = [];
    private readonly HashSet<(string Provider, string Event, int Fields)> _seen = [];

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => [.. _places.Keys];

    /// <summary>Index of a field's column.</summary>
    public int PlaceOf(string field) => _places[field];

    /// <summary>Adds the fields of an event.</summary>
    public void Learn(TracedEvent e)
    {
        if (!_seen.Add((e.Header.Provider, e.Header.Name, e.Header.Payload.Count)))
        {
            return;
        }

        for (int i = 0; i < e.Header.Payload.Count; i++)
        {
            _places.TryAdd(e.Header.Payload[i].Name, _places.Count);
        }
    }
}
