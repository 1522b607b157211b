using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>From an empty class to a driver with control requests, pending requests, cancellation, a timer and an unload routine.</summary>
internal sealed class DriverLab : Exercise
{
    /// <inheritdoc/>
    public override string Name => "driver";

    /// <inheritdoc/>
    public override string Title => "A driver";

    /// <inheritdoc/>
    public override string About => "from an empty class to a driver whose requests wait, are cancelled, and leave nothing";

    /// <inheritdoc/>
    public override int Minutes => 60;

    /// <inheritdoc/>
    public override IReadOnlyList<ExerciseTask> Tasks { get; } =
        [new IoctlTask(), new PendingTask(), new CancelTask(), new IrqlTask(), new UnloadTask(), new OrderTask()];

    /// <inheritdoc/>
    public override Failure? Generate(LabFolder folder, HostPool hosts) => LabProject.Write(folder);
}
