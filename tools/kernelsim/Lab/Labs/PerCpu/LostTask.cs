using KernelSim.LabScripts;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>Loses exactly one of two updates of a shared counter.</summary>
internal sealed class LostTask : ScriptTask<TwoCpuCase>
{
    /// <inheritdoc/>
    public override string Name => "lost";

    /// <inheritdoc/>
    public override string Title => "two CPUs count in one value, and one update is lost";

    /// <inheritdoc/>
    public override int Points => 20;

    /// <inheritdoc/>
    protected override TwoCpuCase Draw(TaskRun run) => TwoCpuCase.Draw(run.Seed, isPerCpu: false);

    /// <inheritdoc/>
    protected override void Judge(TwoCpuCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look)
    {
        drawn.Judge(facts[0], (7, 5), verdict, look);
        string? held = facts[0].Map(TwoCpuCase.MapName)?.Elements.GetValueOrDefault(Hex.Of(BitConverter.GetBytes(drawn.Key)));
        verdict.RequireEqual(
            8, $"the map '{TwoCpuCase.MapName}' holds in the end", TwoCpuCase.Text(held), FormattableString.Invariant($"{drawn.Winner.Sum}"), look);
    }
}
