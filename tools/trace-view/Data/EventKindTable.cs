using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceView.Data;

/// <summary>The kinds of a trace, numbered in the order in which they were first met.</summary>
internal sealed class EventKindTable(StringTable strings)
{
    /// <summary>The field with the sequence number. It is omitted: losses are reported once, for the whole trace.</summary>
    public const string Sequence = "sequence";

    private readonly Dictionary<(string Provider, string Name, string Level, int Fields), int> _numbers = [];
    private readonly List<EventKind> _kinds = [];

    /// <summary>All kinds, by number.</summary>
    public IReadOnlyList<EventKind> All => _kinds;

    /// <summary>Adds an event.</summary>
    /// <returns>The number of its kind.</returns>
    public int Add(TracedEvent e)
    {
        // A trace that was joined from two versions may have an event in two shapes: they are two kinds.
        EventHeader header = e.Header;
        (string, string, string, int) key = (header.Provider, header.Name, header.Level, header.Payload.Count);
        if (!_numbers.TryGetValue(key, out int number))
        {
            number = _kinds.Count;
            _numbers.Add(key, number);
            _kinds.Add(new EventKind(header, ProviderMessages.Of(header.Provider, header.Name), strings));
        }

        _kinds[number].Add(e);
        return number;
    }
}
