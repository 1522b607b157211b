using KernelSim.HostBpf;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A program that counts in a per-CPU array.</summary>
internal sealed class HelperArray : HelperBenchmark
{
    /// <inheritdoc/>
    public override string Name => "helper-array";

    /// <inheritdoc/>
    public override string Does => "a program finds a key of a per-CPU array and adds one to its CPU's value";

    /// <inheritdoc/>
    protected override BpfMapType SimType => BpfMapType.PercpuArray;

    /// <inheritdoc/>
    protected override HostMapType HostType => HostMapType.PerCpuArray;
}
