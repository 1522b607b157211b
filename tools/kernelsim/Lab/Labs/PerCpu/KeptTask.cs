using System.Buffers.Binary;
using KernelSim.LabScripts;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>The same order of calls on a per-CPU map, which loses nothing; the total is read from user mode.</summary>
internal sealed class KeptTask : ScriptTask<TwoCpuCase>
{
    /// <inheritdoc/>
    public override string Name => "kept";

    /// <inheritdoc/>
    public override string Title => "the same order with a slot for each CPU, and nothing is lost";

    /// <inheritdoc/>
    public override int Points => 15;

    /// <inheritdoc/>
    protected override TwoCpuCase Draw(TaskRun run) => TwoCpuCase.Draw(run.Seed, isPerCpu: true);

    /// <inheritdoc/>
    protected override void Judge(TwoCpuCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look)
    {
        drawn.Judge(facts[0], (5, 4), verdict, look);
        string? held = facts[0].Map(TwoCpuCase.MapName)?.Elements.GetValueOrDefault(Hex.Of(BitConverter.GetBytes(drawn.Key)));
        foreach (CountingCpu cpu in (CountingCpu[])[drawn.Loser, drawn.Winner])
        {
            verdict.RequireEqual(
                0, $"the slot of CPU {cpu.Number} holds", TwoCpuCase.Text(Slot(held, cpu.Number)), FormattableString.Invariant($"{cpu.Sum}"), look);
        }

        ScriptCallFact? read = facts[0].Calls.LastOrDefault(c => c.Op == "map_lookup_elem");
        verdict.RequireEqual(
            6,
            "the sum of the slots that the last map_lookup_elem returned",
            SumOf(read?.Text("value")),
            SumOf(held),
            look);
    }

    private static string? Slot(string? value, int cpu)
    {
        const int Digits = 2 * sizeof(ulong);
        return value?.Length >= (cpu + 1) * Digits ? value.Substring(cpu * Digits, Digits) : null;
    }

    private static long SumOf(string? value) =>
        value is null ? 0 : Convert.FromHexString(value).Chunk(sizeof(ulong)).Sum(s => (long)BinaryPrimitives.ReadUInt64LittleEndian(s));
}
