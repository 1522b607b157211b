using KernelSim.Tool.Museum.Acting;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Museum.Facts;

/// <summary>A call of the play: the program's view, and the trace of it.</summary>
/// <param name="Step">What the program saw.</param>
/// <param name="Request">The call in the trace.</param>
internal sealed record StepFacts(PlayedStep Step, RequestView Request)
{
    /// <summary>The size of a value according to application, library and kernel; null if the call was not about the size of one.</summary>
    public Witnesses? Witnesses => ValueWitnesses.Of(Request);

    /// <summary>The errno by name that the call returned; null if it did not fail.</summary>
    public string? Errno => Step.Result < 0 ? Request.Stop?.Errno : null;
}
