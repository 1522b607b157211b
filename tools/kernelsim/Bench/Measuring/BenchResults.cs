namespace KernelSim.Tool.Bench.Measuring;

/// <summary>What a run measured.</summary>
/// <param name="Machine">The options that KernelSim's machines were booted with.</param>
/// <param name="HostMissing">Why the host's bpf(2) was not measured; null if it was.</param>
/// <param name="Rows">The rows, in the order of the tables.</param>
internal sealed record BenchResults(MachineSettings Machine, string? HostMissing, IReadOnlyList<RowResult> Rows)
{
    /// <summary>False if the run was stopped before its end.</summary>
    public required bool IsComplete { get; init; }
}
