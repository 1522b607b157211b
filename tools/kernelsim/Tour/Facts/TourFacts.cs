using KernelSim.Protocol;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>The results of the tour, which tellers render and tests check.</summary>
/// <param name="Machine">The requested machine.</param>
/// <param name="Counted">What the program counted, totalled separately from the map.</param>
/// <param name="Restored">What the application means to write: counters saved before, for other ports.</param>
/// <param name="Performances">The performances, in the order of the story.</param>
/// <param name="Trace">The recorded trace.</param>
/// <param name="TraceFile">Path of the trace file; null if it is not kept.</param>
/// <param name="RecorderNote">A note about the recording; null if there is none.</param>
/// <param name="Ending">Why the machine's end was not a healthy one; null if it was.</param>
internal sealed record TourFacts(
    MachineSettings Machine,
    IReadOnlyList<FlowFacts> Counted,
    IReadOnlyList<FlowFacts> Restored,
    IReadOnlyList<PerformanceFacts> Performances,
    TraceLog Trace,
    string? TraceFile,
    string? RecorderNote,
    Failure? Ending)
{
    /// <summary>How the program in C got into the kernel; null for the one in C#.</summary>
    public ObjectProgramFacts? Program { get; init; }

    /// <summary>The layout of one element's value in user memory.</summary>
    public PerCpuLayout Layout => Facts.Layout.On(Machine.Cpus);

    /// <summary>A performance by its name; null if this tour does not include it.</summary>
    public PerformanceFacts? Performance(string id) => Performances.FirstOrDefault(p => p.Id == id);
}
