using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Totals the activity of each processor.</summary>
internal sealed class CpuSection
{
    private readonly SortedDictionary<int, Cpu> _cpus = [];
    private (int Processor, Cpu? Cpu) _last;

    public IReadOnlyList<CpuTotals> Cpus =>
        [.. _cpus.Select(c => new CpuTotals(c.Key, c.Value.Events, c.Value.Requests, c.Value.Dpcs, c.Value.Copies, c.Value.Bytes))];

    public void Add(TracedEvent e)
    {
        Cpu cpu = _last.Cpu is { } last && _last.Processor == e.Processor ? last : Of(e.Processor);
        _last = (e.Processor, cpu);
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

    private Cpu Of(int processor)
    {
        if (!_cpus.TryGetValue(processor, out Cpu? cpu))
        {
            _cpus.Add(processor, cpu = new Cpu());
        }

        return cpu;
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
