using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Postmortem;

/// <summary>Three broken programs of which only traces exist.</summary>
internal sealed class PostmortemLab : Exercise
{
    private static readonly IReadOnlyList<PostmortemTask> s_tasks = [new CrashCase(), new RefusalCase(), new LossCase()];

    /// <inheritdoc/>
    public override string Name => "postmortem";

    /// <inheritdoc/>
    public override string Title => "Debugging from a trace";

    /// <inheritdoc/>
    public override string About => "three broken programs of which only traces exist";

    /// <inheritdoc/>
    public override int Minutes => 45;

    /// <inheritdoc/>
    public override IReadOnlyList<ExerciseTask> Tasks => s_tasks;

    /// <inheritdoc/>
    public override Failure? Generate(LabFolder folder, HostPool hosts) => s_tasks
        .Select(t => ScriptRecording.Make(folder, hosts, t.TraceFile, t.Draw(folder.Seed).Script))
        .FirstOrDefault(f => f is not null);
}
