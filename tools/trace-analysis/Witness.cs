namespace KernelSim.TraceAnalysis;

/// <summary>What one party believed about the size of one element's value, from what it did and not from what it was told.</summary>
/// <param name="Party">Who.</param>
/// <param name="Stride">Bytes from one CPU's value to the next; null when its actions do not say.</param>
/// <param name="Cpus">How many CPUs' values it counted; null when its actions do not say.</param>
/// <param name="Total">Bytes of one element's value; null when it gave no testimony.</param>
/// <param name="RequestId">The request in which it testified; 0 when it did not.</param>
/// <param name="Basis">What the testimony rests on, such as <c>values buffer 96 bytes / 8 elements</c>.</param>
public sealed record Witness(Party Party, long? Stride, long? Cpus, long? Total, ulong RequestId, string Basis)
{
    /// <summary>Whether two parties contradict each other. A party that gave no testimony contradicts nobody.</summary>
    public bool Contradicts(Witness other) => Total is { } mine && other.Total is { } theirs && mine != theirs;
}
