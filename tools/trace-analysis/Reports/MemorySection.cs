using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Totals pool by tag, and epochs.</summary>
internal sealed class MemorySection
{
    private readonly SortedDictionary<string, PoolTotals> _pool = new(StringComparer.Ordinal);

    public IReadOnlyList<PoolTotals> Pool => [.. _pool.Values];

    public EpochTotals Epochs { get; private set; } = new(0, 0, 0, 0);

    public void Add(TracedEvent e)
    {
        switch (e)
        {
            case PoolEvent pool:
                Add(pool);
                break;
            case EpochAdvanceEvent advance:
                Epochs = Epochs with { Advances = Epochs.Advances + 1, FreedBlocks = Epochs.FreedBlocks + advance.FreedBlocks };
                break;
            case EpochRetireEvent retire:
                Epochs = Epochs with { Retired = Epochs.Retired + 1, RetiredBytes = Epochs.RetiredBytes + retire.Bytes };
                break;
        }
    }

    private void Add(PoolEvent e)
    {
        PoolTotals tag = _pool.GetValueOrDefault(e.Tag) ?? new PoolTotals(e.Tag, 0, 0, 0, 0, 0);
        tag = e.IsAllocation
            ? tag with { Allocations = tag.Allocations + 1, AllocatedBytes = tag.AllocatedBytes + e.Bytes }
            : tag with { Frees = tag.Frees + 1, FreedBytes = tag.FreedBytes + e.Bytes };
        _pool[e.Tag] = tag with { PeakBytes = Math.Max(tag.PeakBytes, tag.OutstandingBytes) };
    }
}
