using KernelSim.HostBpf;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A program that counts in a per-CPU hash.</summary>
internal sealed class HelperHash : HelperBenchmark
{
    /// <inheritdoc/>
    public override string Name => "helper-hash";

    /// <inheritdoc/>
    public override string Does => "a program finds a key of a per-CPU hash and adds one to its CPU's value";

    /// <inheritdoc/>
    protected override BpfMapType SimType => BpfMapType.PercpuHash;

    /// <inheritdoc/>
    protected override HostMapType HostType => HostMapType.PerCpuHash;
}
