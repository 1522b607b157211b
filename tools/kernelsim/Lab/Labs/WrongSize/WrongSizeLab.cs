using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.WrongSize;

/// <summary>Issue 3564 of eBPF for Windows: a buffer that is sized for one CPU, and the check that was missing.</summary>
internal sealed class WrongSizeLab : Exercise
{
    /// <inheritdoc/>
    public override string Name => "wrong-size";

    /// <inheritdoc/>
    public override string Title => "The wrong size";

    /// <inheritdoc/>
    public override string About => "find a crash in a trace, predict the bytes, write the check that was missing";

    /// <inheritdoc/>
    public override int Minutes => 55;

    /// <inheritdoc/>
    public override IReadOnlyList<ExerciseTask> Tasks { get; } =
        [new CrashTask(), new BytesTask(), new CheckTask(), new MovedTask(), new SilentTask()];

    /// <inheritdoc/>
    public override Failure? Generate(LabFolder folder, HostPool hosts) =>
        ScriptRecording.Make(folder, hosts, CrashTask.TraceFile, CrashTask.Program(folder.Seed)) ?? LabProject.Write(folder);
}
