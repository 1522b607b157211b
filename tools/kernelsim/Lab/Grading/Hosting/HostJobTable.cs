using KernelSim.Tool.Lab.Grading.Scenes;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;
using KernelSim.Tool.Lab.Labs.Epochs;
using KernelSim.Tool.Lab.Labs.PerCpu;

namespace KernelSim.Tool.Lab.Grading.Hosting;

/// <summary>Every job of host processes.</summary>
internal static class HostJobTable
{
    /// <summary>One row per job.</summary>
    public static IReadOnlyList<IHostJob> All { get; } =
    [
        new ScriptJob(),
        new RecordJob(),
        new CallsJob(),
        new GivenCallsJob(),
        new CounterJob(),
        new MeasureJob(),
        new SceneJob(),
        new HeldReaderJob(),
    ];
}
