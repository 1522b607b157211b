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

    /// <summary>The last kind for each of a few hashes of keywords: a reader's events share the texts that tell kinds apart.</summary>
    private readonly Kind?[] _recent = new Kind?[64];

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        ulong number = e.Sequence;
        if (number == 0)
        {
            return;
        }

        EventHeader header = e.Header;
        ref Kind? kind = ref _recent[(int)(unchecked((ulong)header.Keywords * 0x9E37_79B9_7F4A_7C15) >> 58)];
        if (kind is null || !kind.IsOf(header))
        {
            kind = KindOf(header);
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

    private Kind KindOf(EventHeader header)
    {
        (int, string, string, long) key = (header.HostProcessId, header.Provider, header.Level, header.Keywords);
        if (!_kinds.TryGetValue(key, out Kind? kind))
        {
            _kinds.Add(key, kind = new Kind(header));
        }

        return kind;
    }

    private sealed class Kind(EventHeader first)
    {
        private string? _last;
        private string? _lastButOne;

        public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

        public NumberLine Numbers { get; } = new();

        /// <summary>Whether an event is of this kind. False may also mean that its texts are other objects.</summary>
        public bool IsOf(EventHeader header) => header.Keywords == first.Keywords
            && header.HostProcessId == first.HostProcessId
            && ReferenceEquals(header.Provider, first.Provider)
            && ReferenceEquals(header.Level, first.Level);

        /// <summary>Adds the name of an event to this kind. Most have the same name as one of the two before.</summary>
        public void Add(string name)
        {
            if (ReferenceEquals(name, _last))
            {
                return;
            }

            if (!ReferenceEquals(name, _lastButOne))
            {
                Names.Add(name);
            }

            (_last, _lastButOne) = (name, _last);
        }
    }
}
