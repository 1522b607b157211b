using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Losses;

/// <summary>
/// Finds what a trace lost, by the sequence numbers that each provider gives its events in each host process. Each level and set of
/// keywords is numbered separately, since a session receives all of them or none. Events of several threads arrive slightly out of order;
/// a number that is still missing at the end was lost.
/// </summary>
public sealed class LossAudit
{
    private readonly Dictionary<(int HostProcessId, string Provider, string Level, long Keywords), Kind> _kinds = [];

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        ulong number = e.Sequence;
        if (number == 0)
        {
            return;
        }

        EventHeader header = e.Header;
        (int, string, string, long) key = (header.HostProcessId, header.Provider, header.Level, header.Keywords);
        if (!_kinds.TryGetValue(key, out Kind? kind))
        {
            _kinds.Add(key, kind = new Kind());
        }

        kind.Add(header.Name);
        kind.Numbers.Add(number);
    }

    /// <summary>Reports what is missing between the first and the last number of each kind, ordered by provider, kind and number.</summary>
    /// <param name="totals">The reader's totals of the whole trace.</param>
    public LossReport Finish(TraceTotals totals) => new(
        totals.Events,
        totals.LostEvents,
        [
            .. _kinds.Select(k => (k.Key.Provider, k.Key.HostProcessId, Kind: string.Join(", ", k.Value.Names), k.Value.Numbers.Gaps))
                .OrderBy(k => k.Provider, StringComparer.Ordinal).ThenBy(k => k.HostProcessId).ThenBy(k => k.Kind, StringComparer.Ordinal)
                .SelectMany(k => k.Gaps.Select(g => new SequenceGap(k.Provider, k.HostProcessId, k.Kind, g.First, g.Last))),
        ])
    {
        IsCutOff = totals.IsCutOff,
        Damage = totals.Damage,
        OtherEvents = LossReport.Foreign(totals),
    };

    private sealed class Kind
    {
        private string? _last;

        public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

        public NumberLine Numbers { get; } = new();

        /// <summary>Adds the name of an event to this kind. Most have the same name as the one before.</summary>
        public void Add(string name)
        {
            if (!ReferenceEquals(name, _last))
            {
                Names.Add(_last = name);
            }
        }
    }
}
