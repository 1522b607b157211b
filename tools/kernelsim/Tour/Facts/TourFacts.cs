using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>Everything that the tour found out: what a teller tells and a test checks.</summary>
/// <param name="Machine">The machine that was asked for.</param>
/// <param name="Counted">What the program counted, tallied beside the map while it ran.</param>
/// <param name="Restored">What the application means to write: counters saved before, for other ports.</param>
/// <param name="Performances">The ways, in the order of the story.</param>
/// <param name="Trace">The recorded trace.</param>
/// <param name="TraceFile">Where it is kept; null when it is not.</param>
/// <param name="RecorderNote">What there is to say about how it was recorded; null when nothing.</param>
internal sealed record TourFacts(
    MachineSettings Machine,
    IReadOnlyList<FlowFacts> Counted,
    IReadOnlyList<FlowFacts> Restored,
    IReadOnlyList<PerformanceFacts> Performances,
    TraceLog Trace,
    string? TraceFile,
    string? RecorderNote)
{
    /// <summary>How one element's value lies in user memory.</summary>
    public PerCpuLayout Layout => Facts.Layout.On(Machine.Cpus);

    /// <summary>A way by its name; null when this tour did not go it.</summary>
    public PerformanceFacts? Performance(string id) => Performances.FirstOrDefault(p => p.Id == id);
}
