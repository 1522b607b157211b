using KernelSim.Tool.Lab.Grading.Hosting;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>What crosses between a program and the kernel, in how many control requests, and byte for byte.</summary>
internal sealed class BoundaryLab : Exercise
{
    private static readonly RefusedTask s_refused = new();

    /// <inheritdoc/>
    public override string Name => "boundary";

    /// <inheritdoc/>
    public override string Title => "Crossing the boundary";

    /// <inheritdoc/>
    public override string About => "what one batch call does; a trace like strace's; a request written by hand";

    /// <inheritdoc/>
    public override int Minutes => 50;

    /// <inheritdoc/>
    public override IReadOnlyList<ExerciseTask> Tasks { get; } =
        [new BatchTask(), new LimitTask(), new TraceTask(), new RequestTask(), s_refused];

    /// <inheritdoc/>
    public override Failure? Generate(LabFolder folder, HostPool hosts) =>
        folder.Write(TraceQuestion.ScriptFile, string.Join('\n', new TraceQuestion(folder.Seed).Lines) + "\n")
        ?? folder.Write(s_refused.File, s_refused.Start(folder.Seed));
}
