using KernelSim.Tool.Bench.Bytecode;
using KernelSim.Tool.Bench.Maps;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>The program as an object file made of C, compiled when it is loaded.</summary>
internal sealed class AttachedC : AttachedBenchmark
{
    /// <inheritdoc/>
    public override string Name => "attached-c";

    /// <inheritdoc/>
    public override string Does => "deliver a packet to an attached program in C that counts in a per-CPU array";

    /// <inheritdoc/>
    protected override bpf_object? Open(SimProcess process)
    {
        byte[] file = BenchResources.Read("packet_histogram.o");
        return process.Session.Library.bpf_object__open_mem(process.Put(file), (ulong)file.Length, "packet_histogram.o");
    }
}
