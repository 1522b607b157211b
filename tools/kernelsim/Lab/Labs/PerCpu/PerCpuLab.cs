using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>A counter in a map that all processors share, and in one that has a slot for each.</summary>
internal sealed class PerCpuLab : Exercise
{
    /// <inheritdoc/>
    public override string Name => "per-cpu";

    /// <inheritdoc/>
    public override string Title => "Per CPU or locked";

    /// <inheritdoc/>
    public override string About => "lose an update between two CPUs, see why, and count without losing any";

    /// <inheritdoc/>
    public override int Minutes => 55;

    /// <inheritdoc/>
    public override IReadOnlyList<ExerciseTask> Tasks { get; } =
        [new LostTask(), new KeptTask(), new SlotsTask(), new AtomicTask(), new OwnSlotTask(), new TotalTask(), new ObjectTask()];

    /// <inheritdoc/>
    public override Failure? Generate(LabFolder folder, HostPool hosts) =>
        folder.Write(SlotsQuestion.ScriptFile, string.Join('\n', new SlotsQuestion(folder.Seed).Lines) + "\n") ?? LabProject.Write(folder);
}
