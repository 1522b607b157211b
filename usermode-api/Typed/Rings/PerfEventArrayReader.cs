namespace KernelSim.UserMode;

/// <summary>Reads the records of a perf event array, and reports lost records per CPU.</summary>
public sealed class PerfEventArrayReader : RecordReader<PerfRecord>
{
    private readonly int _cpus;

    internal PerfEventArrayReader(PerfEventArrayMap map)
        : base(map, map.Session.CpuCount)
    {
        _cpus = map.Session.CpuCount;
    }

    /// <summary>Number of records that did not fit a CPU's ring, since the map was created.</summary>
    /// <param name="cpu">Number of the CPU.</param>
    public ulong LostCount(int cpu)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cpu);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cpu, _cpus);
        return LostRecords(cpu);
    }

    private protected override PerfRecord Make(int ring, byte[] bytes) => new(ring, bytes);
}

/// <summary>A record of a perf event array.</summary>
/// <param name="Cpu">The CPU that wrote it.</param>
/// <param name="Data">Its payload.</param>
public readonly record struct PerfRecord(int Cpu, ReadOnlyMemory<byte> Data);
