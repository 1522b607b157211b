using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Groups refusals by check, and in each by the two numbers; a check with many pairs keeps the first of them.</summary>
internal sealed class RefusalSection
{
    private const int MostPairs = 1000;

    private readonly Dictionary<string, Group> _groups = [];

    public IReadOnlyList<RefusalTotals> Refusals =>
    [
        .. _groups.Values.Select(g => g.Total()).OrderByDescending(r => r.Count).ThenBy(r => r.Check, StringComparer.Ordinal),
    ];

    /// <summary>A check refused.</summary>
    /// <param name="refusal">The refusal event.</param>
    /// <param name="compared">The compared numbers, if the trace has them.</param>
    public void Add(InvalidArgumentEvent refusal, SizeCheckEvent? compared)
    {
        if (!_groups.TryGetValue(refusal.Check, out Group? group))
        {
            _groups.Add(refusal.Check, group = new Group(refusal));
        }

        group.Count++;
        if (compared is not null && compared.Check == refusal.Check)
        {
            (string, long, long) pair = (compared.What, compared.Given, compared.Expected);
            if (group.Pairs.Count < MostPairs || group.Pairs.ContainsKey(pair))
            {
                group.Pairs[pair] = group.Pairs.GetValueOrDefault(pair) + 1;
            }
        }
    }

    private sealed class Group(InvalidArgumentEvent first)
    {
        public long Count { get; set; }

        public Dictionary<(string What, long Given, long Expected), long> Pairs { get; } = [];

        public RefusalTotals Total() => new(
            first.Check,
            Count,
            first.Site,
            first.Result,
            first.Errno,
            first.RequestId,
            [.. Pairs.OrderByDescending(p => p.Value).Select(p => new RefusedPair(p.Key.What, p.Key.Given, p.Key.Expected, p.Value))]);
    }
}
