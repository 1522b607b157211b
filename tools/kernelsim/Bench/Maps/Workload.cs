using KernelSim.HostBpf;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>What a map is filled with: u32 keys, and a value for each key, or for each key and CPU.</summary>
internal sealed record Workload
{
    /// <summary>The size that most tables of the documentation have.</summary>
    public const int UsualElements = 65_536;

    /// <summary>Number of elements.</summary>
    public int Elements { get; init; } = UsualElements;

    /// <summary>Type of the map.</summary>
    public BenchMapKind Kind { get; init; } = BenchMapKind.PerCpuHash;

    /// <summary>Bytes of a value, of one CPU's in a per-CPU map: a row of <see cref="ValueSizes"/>.</summary>
    public int ValueBytes { get; init; } = sizeof(ulong);

    /// <summary>The simulated machine. Its seed also shuffles the keys.</summary>
    public MachineSettings Machine { get; init; } = new();

    /// <summary>Values for each key. The host's per-CPU maps have the host's CPUs.</summary>
    public int SlotsOf(Contender contender) =>
        Kind != BenchMapKind.PerCpuHash ? 1 : contender == Contender.Host ? HostBpfMap.PossibleCpus : Machine.Cpus;
}
