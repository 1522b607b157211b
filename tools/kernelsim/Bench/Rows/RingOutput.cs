using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>The writer's half of a ring.</summary>
internal sealed class RingOutput : RingBenchmark
{
    /// <inheritdoc/>
    public override string Name => "ring-output";

    /// <inheritdoc/>
    public override string Does => "a program writes a record of 64 bytes, bpf_ringbuf_output";

    /// <inheritdoc/>
    protected override Trial Trial(Contender contender, Action write, Action consume)
    {
        bool isWritten = false;
        return new Trial(contender, SimRing.Records, () =>
        {
            write();
            isWritten = true;
        })
        {
            Prepare = () =>
            {
                if (isWritten)
                {
                    consume();
                }
            },
        };
    }
}
