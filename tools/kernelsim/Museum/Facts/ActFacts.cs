using KernelSim.Nt;
using KernelSim.Tool.Museum.Acting;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Museum.Facts;

/// <summary>One play of an exhibit.</summary>
/// <param name="Version"><c>before</c> or <c>after</c>.</param>
/// <param name="Cast">Who played.</param>
/// <param name="Steps">The calls that the story tells, in their order.</param>
/// <param name="Observations">What the program looked at.</param>
/// <param name="Leaks">What was outstanding when the machine shut down, one line each.</param>
/// <param name="Stop">Why the machine stopped; null if it did not.</param>
/// <param name="Trace">The trace of the play.</param>
internal sealed record ActFacts(
    string Version,
    Cast Cast,
    IReadOnlyList<StepFacts> Steps,
    IReadOnlyList<Observation> Observations,
    IReadOnlyList<string> Leaks,
    BugcheckRecord? Stop,
    TraceLog Trace)
{
    /// <summary>How it ended.</summary>
    public ActOutcome Outcome =>
        Stop is not null ? ActOutcome.Stopped
        : Steps.Any(s => s.Step.Fault is not null) ? ActOutcome.Crashed
        : Leaks.Count > 0 || Observations.Any(o => !o.IsRight) ? ActOutcome.Wrong
        : ActOutcome.Right;

    /// <summary>Whether it was played as it was, and the bug did not show on the machine.</summary>
    public bool HidesBug => Version == ExhibitRun.Before && Outcome == ActOutcome.Right;
}
