namespace KernelSim.UserMode;

/// <summary>What came of a test run.</summary>
/// <param name="ReturnValue">What the program returned in its last run.</param>
/// <param name="Duration">How long a run took on average, in steps of 100 ns.</param>
/// <param name="DurationNanoseconds">How long a run took on average.</param>
/// <param name="Data">The data afterwards; empty when no room was given.</param>
/// <param name="Context">The context afterwards; empty when no room was given.</param>
public sealed record TestRunResult(
    uint ReturnValue, TimeSpan Duration, long DurationNanoseconds, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Context);
