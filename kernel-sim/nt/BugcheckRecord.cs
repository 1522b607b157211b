namespace KernelSim.Nt;

/// <summary>How a machine stopped.</summary>
/// <param name="Code">The stop code.</param>
/// <param name="Parameters">Its four parameters.</param>
/// <param name="Processors">What each processor was doing, by number: IRQL, process, request, held locks.</param>
public sealed record BugcheckRecord(BugcheckCode Code, IReadOnlyList<ulong> Parameters, IReadOnlyList<string> Processors)
{
    /// <summary>The exception that kernel code threw, behind <see cref="BugcheckCode.KmodeExceptionNotHandled"/>.</summary>
    public Exception? Cause { get; init; }
}
