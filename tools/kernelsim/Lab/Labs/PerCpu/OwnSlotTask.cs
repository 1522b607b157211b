using System.Globalization;
using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>A counter with a slot for each processor, which needs no atomic operation.</summary>
internal sealed class OwnSlotTask : CounterTask
{
    private const string Cost = "cost";
    private const string CostFile = $"{Cost}.txt";

    /// <inheritdoc/>
    public override string Name => "own-slot";

    /// <inheritdoc/>
    public override string Title => "a per-CPU counter without atomic operations";

    /// <inheritdoc/>
    public override int Points => 15;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Outputs => [Cost];

    /// <inheritdoc/>
    protected override string Class => "PerCpuCounter";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> MapTypes => ["percpu_array", "percpu_hash"];

    /// <inheritdoc/>
    protected override (int Alone, int Between, int AtOnce) Parts => (4, 4, 2);

    /// <inheritdoc/>
    protected override void JudgeMore(TaskRun run, CounterInput input, CounterFacts facts, Verdict verdict, string look)
    {
        for (int cpu = 0; cpu < input.Cpus; cpu++)
        {
            PacketCount given = cpu < facts.Slots.Count ? facts.Slots[cpu] : PacketCount.None;
            verdict.Require(0, given == input.Of(cpu), $"the slot of CPU {cpu}", $"{given}", $"{input.Of(cpu)}", look);
        }

        verdict.Require(5, !facts.UsesInterlocked, "its operations", "Interlocked", "plain ones: nobody else writes the slot", look);
        if (verdict.Miss is null && run is { IsCheck: true, IsOwnSeed: true })
        {
            Compare(run, input.File);
        }
    }

    /// <summary>Leaves what a packet costs with each of the two counters. It is for the student to read and has no points.</summary>
    private void Compare(TaskRun run, string library)
    {
        if (!run.Hosts.Run(new MeasureJob(), new CostInput(library, [AtomicTask.ClassName, Class]), out CostFacts? facts, out string problem))
        {
            run.Leave(CostFile, $"the counters cannot be compared: {problem}\n");
            return;
        }

        IEnumerable<string> rows = facts!.Costs.Select(c =>
        {
            string how = c.Threads == 1 ? "on 1 CPU" : $"on {c.Threads} CPUs at once";
            return string.Create(CultureInfo.InvariantCulture, $"{c.Class,-14} {how,-18} {c.Nanoseconds,8:0.0} ns   {c.Least:0.0} to {c.High:0.0}");
        });
        run.Leave(
            CostFile,
            string.Join(
                '\n',
                [
                    "Time of a packet on its processor, with the simulated network's part, which is the same for both.",
                    "Medians of many rounds in turns, warmed up; behind them the range of nine rounds in ten.",
                    "",
                    .. rows,
                    .. facts.Costs.GroupBy(c => c.Threads).Any(g => g.Max(c => c.Least) <= g.Min(c => c.High))
                        ? ["Ranges overlap: too noisy to compare, or there is no difference. Do other programs run?"]
                        : Array.Empty<string>(),
                    .. facts.Costs.All(c => c.Threads == 1) ? ["This host has one processor: nothing happens at once."] : Array.Empty<string>(),
                    "",
                ]));
    }
}
