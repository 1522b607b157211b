using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>Readers without locks: a map type whose writers free memory under its readers, and the epochs that keep it.</summary>
internal sealed class EpochsLab : Exercise
{
    /// <inheritdoc/>
    public override string Name => "epochs";

    /// <inheritdoc/>
    public override string Title => "Epochs";

    /// <inheritdoc/>
    public override string About => "readers without locks: make one read freed memory, then free it when nobody can";

    /// <inheritdoc/>
    public override int Minutes => 55;

    /// <inheritdoc/>
    public override IReadOnlyList<ExerciseTask> Tasks { get; } =
        [new HeldTask(), new StaleTask(), new ReclaimTask(), new PublishTask(), new GracePeriodTask()];

    /// <inheritdoc/>
    public override Failure? Generate(LabFolder folder, HostPool hosts)
    {
        HeldInput input = new(folder.Seed, Path.GetFullPath(folder.PathOf(HeldTask.TraceFile)));
        return hosts.Run(new HeldReaderJob(), input, out _, out string problem)
            ? LabProject.Write(folder)
            : new Failure($"'{input.File}' cannot be recorded: {problem}; 'kernelsim doctor' says what this host permits");
    }
}
