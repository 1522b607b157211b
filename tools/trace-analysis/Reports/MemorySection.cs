using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Totals pool by tag, and epochs.</summary>
internal sealed class MemorySection
{
    private readonly Dictionary<string, Tag> _pool = [];
    private Tag? _last;

    public IReadOnlyList<PoolTotals> Pool => [.. _pool.Values.Select(t => t.Total).OrderBy(t => t.Tag, StringComparer.Ordinal)];

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
        if (_last is null || !ReferenceEquals(_last.Name, e.Tag))
        {
            _last = _pool.GetValueOrDefault(e.Tag);
            if (_last is null)
            {
                _pool.Add(e.Tag, _last = new Tag(e.Tag));
            }
        }

        _last.Add(e);
    }

    private sealed class Tag(string name)
    {
        private long _allocations;
        private long _allocatedBytes;
        private long _frees;
        private long _freedBytes;
        private long _peakBytes;

        public string Name => name;

        public PoolTotals Total => new(name, _allocations, _allocatedBytes, _frees, _freedBytes, _peakBytes);

        public void Add(PoolEvent e)
        {
            if (e.IsAllocation)
            {
                _allocations++;
                _allocatedBytes += e.Bytes;
            }
            else
            {
                _frees++;
                _freedBytes += e.Bytes;
            }

            _peakBytes = Math.Max(_peakBytes, _allocatedBytes - _freedBytes);
        }
    }
}
