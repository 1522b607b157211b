namespace KernelSim.Nt;

/// <summary>Why and where a machine stopped.</summary>
/// <param name="Code">The stop code.</param>
/// <param name="Parameters">The four parameters of the stop code.</param>
/// <param name="Processors">What each processor was doing, by number: IRQL, process, request, held locks.</param>
public sealed record BugcheckRecord(BugcheckCode Code, IReadOnlyList<ulong> Parameters, IReadOnlyList<string> Processors)
{
    /// <summary>The exception thrown by kernel code, for <see cref="BugcheckCode.KmodeExceptionNotHandled"/>; otherwise null.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Whose code threw <see cref="Cause"/>; null if that is unknown.</summary>
    internal ThrowingCode? Thrower { get; set; }

    /// <summary>A sentence that explains the parameters; null where they need none.</summary>
    public string? Detail { get; init; }
}
