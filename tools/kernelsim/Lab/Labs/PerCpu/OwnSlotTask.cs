using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>A counter with a slot for each processor, which needs no atomic operation.</summary>
internal sealed class OwnSlotTask : CounterTask
{
    /// <inheritdoc/>
    public override string Name => "own-slot";

    /// <inheritdoc/>
    public override string Title => "a per-CPU counter without atomic operations";

    /// <inheritdoc/>
    public override int Points => 15;

    /// <inheritdoc/>
    protected override string Class => "PerCpuCounter";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> MapTypes => ["percpu_array", "percpu_hash"];

    /// <inheritdoc/>
    protected override (int Alone, int Between, int AtOnce) Parts => (4, 4, 2);

    /// <inheritdoc/>
    protected override void JudgeMore(CounterInput input, CounterFacts facts, Verdict verdict, string look)
    {
        for (int cpu = 0; cpu < input.Cpus; cpu++)
        {
            PacketCount given = cpu < facts.Slots.Count ? facts.Slots[cpu] : PacketCount.None;
            verdict.Require(0, given == input.Of(cpu), $"the slot of CPU {cpu}", $"{given}", $"{input.Of(cpu)}", look);
        }

        verdict.Require(5, !facts.UsesInterlocked, "its operations", "Interlocked", "plain ones: nobody else writes the slot", look);
    }
}
