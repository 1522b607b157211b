namespace KernelSim.UserMode;

/// <summary>The results of a test run.</summary>
/// <param name="ReturnValue">The return value of the program's last run.</param>
/// <param name="Duration">Average duration of a run, in steps of 100 ns.</param>
/// <param name="DurationNanoseconds">Average duration of a run, in nanoseconds.</param>
/// <param name="Data">The output data; empty if no room was given.</param>
/// <param name="Context">The output context; empty if no room was given.</param>
public sealed record TestRunResult(
    uint ReturnValue, TimeSpan Duration, long DurationNanoseconds, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Context);
