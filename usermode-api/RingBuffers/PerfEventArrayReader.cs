namespace KernelSim.UserMode;

/// <summary>Reads the records of a perf event array, and tells what each CPU has lost.</summary>
public sealed class PerfEventArrayReader : RecordReader<PerfRecord>
{
    private readonly int _cpus;

    internal PerfEventArrayReader(PerfEventArrayMap map)
        : base(map, map.Session.CpuCount)
    {
        _cpus = map.Session.CpuCount;
    }

    /// <summary>Records that found no room on a CPU, since the map was made.</summary>
    /// <param name="cpu">The CPU.</param>
    public ulong LostCount(int cpu)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cpu);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cpu, _cpus);
        return LostRecords(cpu);
    }

    private protected override PerfRecord Make(int ring, byte[] bytes) => new(ring, bytes);
}
