using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>A schedule under which a reader holds back a given number of blocks, and no others, in the student's own chain.</summary>
internal sealed class GracePeriodTask : ScheduleTask
{
    /// <inheritdoc/>
    public override string Name => "grace";

    /// <inheritdoc/>
    public override string Title => "a reader that holds back so many blocks";

    /// <inheritdoc/>
    public override int Points => 15;

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override void Judge(TaskRun run, Verdict verdict)
    {
        LabSeed draw = new(run.Seed, "epochs/grace");
        int deleted = draw.Number(8, 30);
        int kept = draw.Number(2, deleted - 2);
        TemplateNames names = new TemplateNames().Add("deleted", deleted).Add("kept", kept);
        if (run.Builds.Compile(ChainRuns.SourceFile, ChainRuns.Given, out string library) is { } error)
        {
            verdict.Require(0, isMet: false, $"{ChainRuns.SourceFile} compiles", error, "", ChainRuns.SourceFile);
            return;
        }

        // One element more, so that there is something to look up.
        IEnumerable<int> keys = Enumerable.Range(1, deleted + 1);
        if (Play(run, new CallsJob(), library, names, [.. keys.Select(k => ((uint)k, (ulong)k))], verdict) is not { } facts)
        {
            return;
        }

        if (verdict.Require(0, facts.Misuse is null, "no thread touches a freed block", facts.Misuse ?? "", "", $"task epochs/reclaim; {Log}")
            && verdict.RequireEqual(0, "elements that were deleted", facts.Deleted, deleted, Log)
            && verdict.Require(0, facts.Inside > 0, "at the end", "no reader in an epoch", "one", Log)
            && verdict.RequireEqual(0, "blocks that wait at the end", facts.Waiting, kept, Log))
        {
            verdict.Require(Points, facts.Leaks.Count == 0, "what is left in the end", facts.Leaks is [var leak, ..] ? leak : "", "nothing", Log);
        }
    }
}
