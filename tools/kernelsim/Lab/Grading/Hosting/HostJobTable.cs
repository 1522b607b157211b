using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;
using KernelSim.Tool.Lab.Labs.Epochs;

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
        new HeldReaderJob(),
    ];
}
