using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Totals the activity of each ring.</summary>
internal sealed class RingSection
{
    private readonly SortedDictionary<(long MapId, int Ring), RingTotals> _rings = [];

    public IReadOnlyList<RingTotals> Rings => [.. _rings.Values];

    public void Add(TracedEvent e)
    {
        if (e is not RingEvent ring)
        {
            return;
        }

        (long, int) key = (ring.MapId, ring.Ring);
        RingTotals t = _rings.GetValueOrDefault(key) ?? new RingTotals(ring.MapId, ring.Ring, 0, 0, 0, 0, 0, 0, 0);
        _rings[key] = ring.Change switch
        {
            RingChange.Submit => t with { Records = t.Records + 1, Bytes = t.Bytes + ring.Bytes },
            RingChange.Discard => t with { Discarded = t.Discarded + 1 },
            RingChange.Lost => t with { Lost = t.Lost + 1 },
            RingChange.Wakeup => t with { Wakeups = t.Wakeups + 1 },
            RingChange.Return => t with { Returns = t.Returns + 1 },
            RingChange.QueryComplete => t with { Queries = t.Queries + 1 },
            _ => t,
        };
    }
}
