using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Losses;

/// <summary>
/// Finds what a trace lost, by the numbers that each provider gives its events in each host process. Events of several threads arrive a
/// little out of order; a number that is still missing at the end was lost, or never asked for by this session while another asked.
/// </summary>
public sealed class LossAudit
{
    private readonly Dictionary<(int HostProcessId, string Provider), NumberLine> _lines = [];

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        if (e.Sequence == 0)
        {
            return;
        }

        (int, string) key = (e.Header.HostProcessId, e.Header.Provider);
        if (!_lines.TryGetValue(key, out NumberLine? line))
        {
            _lines.Add(key, line = new NumberLine());
        }

        line.Add(e.Sequence);
    }

    /// <summary>What is missing between the first and the last number of each provider, in the order of providers and numbers.</summary>
    /// <param name="totals">What the reader knows of the whole trace.</param>
    public LossReport Finish(TraceTotals totals) => new(
        totals.Events,
        totals.LostEvents,
        [
            .. _lines.OrderBy(l => l.Key.Provider, StringComparer.Ordinal).ThenBy(l => l.Key.HostProcessId)
                .SelectMany(l => l.Value.Gaps.Select(g => new SequenceGap(l.Key.Provider, l.Key.HostProcessId, g.First, g.Last))),
        ]);
}
