using System.Globalization;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>A schedule under which a reader finds the value of another key, in a chain that frees nodes at once.</summary>
internal sealed class StaleTask : ScheduleTask
{
    /// <inheritdoc/>
    public override string Name => "stale";

    /// <inheritdoc/>
    public override string Title => "a reader that finds the value of another key";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    public override void Judge(TaskRun run, Verdict verdict)
    {
        LabSeed draw = new(run.Seed, "epochs/stale");
        IReadOnlyList<int> keys = draw.Some([.. Enumerable.Range(1, 999)], 3);
        IReadOnlyList<int> values = draw.Some([.. Enumerable.Range(1000, 9000)], 3);
        (uint key, uint near, uint other) = ((uint)keys[0], (uint)keys[1], (uint)keys[2]);
        ulong wanted = (ulong)values[2];
        TemplateNames names = new TemplateNames()
            .Add("key", key).Add("value", values[0]).Add("near", near).Add("near_value", values[1]).Add("other", other).Add("other_value", values[2]);

        // The chain is the lab's own, as it was at the start: the student may have fixed theirs already.
        if (run.Builds.CompileGiven([ChainRuns.SourceFile, .. ChainRuns.Given], out string library) is { } error)
        {
            verdict.Require(0, isMet: false, "the sandbox compiles", error, "", "kernelsim doctor");
            return;
        }

        if (Play(run, new GivenCallsJob(), library, names, [(key, (ulong)values[0]), (near, (ulong)values[1])], verdict) is not { } facts)
        {
            return;
        }

        LookFact? look = facts.Looks.LastOrDefault(l => l.Key == key);
        PutFact? cheat = facts.Puts.FirstOrDefault(p => p.Value == wanted && p.Key != other);
        if (!verdict.Require(0, look is not null, $"a reader looks up key {key}", "no look-up of it", "one", Log)
            || !verdict.Require(0, cheat is null, $"value {wanted} is stored under key {other} only", $"key {cheat?.Key}", $"key {other}", Log)
            || !verdict.Require(10, look!.IsStale, "what the reader touched", "blocks in use", "a block that was freed under it", Log))
        {
            return;
        }

        string found = look.Found ? look.Value.ToString(CultureInfo.InvariantCulture) : "nothing";
        verdict.RequireEqual(15, $"what the reader found under key {key}", found, wanted.ToString(CultureInfo.InvariantCulture), Log);
    }
}
