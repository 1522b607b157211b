using KernelSim.HostBpf;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench;

/// <summary>What to measure.</summary>
/// <param name="Machine">The options that KernelSim's machines are booted with.</param>
/// <param name="Benchmarks">The rows, in the order of the tables.</param>
/// <param name="Sizes">Sizes of maps, ascending, for rows that are measured at several.</param>
/// <param name="Time">For the measured rounds of all rows together; setting up comes on top.</param>
internal sealed record BenchSettings(MachineSettings Machine, IReadOnlyList<Benchmark> Benchmarks, IReadOnlyList<int> Sizes, TimeSpan Time)
{
    /// <summary>Why the host's bpf(2) cannot be measured; null if it can.</summary>
    public string? HostMissing { get; init; } = HostBpfMap.WhyUnavailable();

    /// <summary>Whether KernelSim alone is measured.</summary>
    public bool IsAlone { get; init; }
}
