using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>The shared counter in C, which both engines run. Optional.</summary>
internal sealed class ObjectTask : ExerciseTask
{
    private const string ObjectFile = "counter.o";

    /// <inheritdoc/>
    public override string Name => "in-c";

    /// <inheritdoc/>
    public override string Title => "the shared counter in C";

    /// <inheritdoc/>
    public override string File => "counter.c";

    /// <inheritdoc/>
    public override int Points => 20;

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override void Judge(TaskRun run, Verdict verdict)
    {
        string look = $"{File}; TASKS.md, {Name}";
        if (run.Builds.CompileC(File, ObjectFile, out string path) is { } problem)
        {
            verdict.Require(0, isMet: false, $"{File} compiles", problem, "", look);
            return;
        }

        CounterInput input = CounterTask.Draw(run, $"per-cpu/{Name}", path, name: null);
        if (!run.Hosts.Run(new CounterJob(), input, out CounterFacts? facts, out problem!) || facts!.Problem is not null)
        {
            verdict.Require(0, isMet: false, $"{File} runs", facts?.Problem ?? problem, "", look);
            return;
        }

        verdict.RequireEqual(0, "type of its map", facts.MapType, "array", look);
        CounterTask.Judge(input, facts, (0, 14, 6), verdict, look);
    }
}
