using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>Why a program stopped its machine.</summary>
/// <param name="Fault">What its instruction did.</param>
/// <param name="Steps">
/// What the trace has of the same run just before, the earliest first: calls of helpers, and instructions where they were recorded.
/// </param>
public sealed record ProgramFaultStory(ProgramFaultEvent Fault, IReadOnlyList<TracedEvent> Steps);
