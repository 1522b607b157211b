using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>The reader's half of a ring.</summary>
internal sealed class RingConsume : RingBenchmark
{
    /// <inheritdoc/>
    public override string Name => "ring-consume";

    /// <inheritdoc/>
    public override string Does => "a process reads a record of 64 bytes from the ring's memory, ring_buffer__consume";

    /// <inheritdoc/>
    protected override Trial Trial(Contender contender, Action write, Action consume) => new(contender, SimRing.Records, consume) { Prepare = write };
}
