using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Totals the activity of each processor.</summary>
internal sealed class CpuSection
{
    private readonly SortedDictionary<int, Cpu> _cpus = [];

    public IReadOnlyList<CpuTotals> Cpus =>
        [.. _cpus.Select(c => new CpuTotals(c.Key, c.Value.Events, c.Value.Requests, c.Value.Dpcs, c.Value.Copies, c.Value.Bytes))];

    public void Add(TracedEvent e)
    {
        if (!_cpus.TryGetValue(e.Processor, out Cpu? cpu))
        {
            _cpus.Add(e.Processor, cpu = new Cpu());
        }

        cpu.Events++;
        switch (e)
        {
            case IoctlStartEvent:
                cpu.Requests++;
                break;
            case DpcRunEvent:
                cpu.Dpcs++;
                break;
            case CopyEvent copy:
                cpu.Copies++;
                cpu.Bytes += copy.Bytes;
                break;
        }
    }

    private sealed class Cpu
    {
        public long Events { get; set; }

        public long Requests { get; set; }

        public long Dpcs { get; set; }

        public long Copies { get; set; }

        public long Bytes { get; set; }
    }
}
