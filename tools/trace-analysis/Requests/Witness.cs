namespace KernelSim.TraceAnalysis;

/// <summary>One party's view of the size of one element's value, derived from its actions and not from its arguments.</summary>
/// <param name="Party">The witness.</param>
/// <param name="Stride">Distance in bytes from one CPU's value to the next; null if unknown.</param>
/// <param name="Cpus">Number of CPUs' values that it counted; null if unknown.</param>
/// <param name="Total">Size of one element's value in bytes; null if it gave no testimony.</param>
/// <param name="RequestId">The request of the testimony; 0 if there is none.</param>
/// <param name="Basis">The basis of the testimony, such as <c>values buffer 96 bytes / 8 elements</c>.</param>
public sealed record Witness(Party Party, long? Stride, long? Cpus, long? Total, ulong RequestId, string Basis)
{
    /// <summary>Whether two parties contradict each other. A party without testimony contradicts nobody.</summary>
    public bool Contradicts(Witness other) => Total is { } mine && other.Total is { } theirs && mine != theirs;
}
