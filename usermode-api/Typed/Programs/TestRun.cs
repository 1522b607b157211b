namespace KernelSim.UserMode;

/// <summary>The input of a test run.</summary>
public sealed record TestRun
{
    /// <summary>The input data.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The input context, in the program type's layout.</summary>
    public ReadOnlyMemory<byte> Context { get; init; }

    /// <summary>Room for the output data, in bytes; 0 if it is not wanted.</summary>
    public int DataRoom { get; init; }

    /// <summary>Room for the output context, in bytes; 0 if it is not wanted.</summary>
    public int ContextRoom { get; init; }

    /// <summary>Number of runs.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>The CPU to run on.</summary>
    public int Cpu { get; init; }

    /// <summary>Runs in one epoch; 0 means 1024.</summary>
    public int BatchSize { get; init; }
}

/// <summary>The results of a test run.</summary>
/// <param name="ReturnValue">The return value of the program's last run.</param>
/// <param name="Duration">Average duration of a run, in steps of 100 ns.</param>
/// <param name="DurationNanoseconds">Average duration of a run, in nanoseconds.</param>
/// <param name="Data">The output data; empty if no room was given.</param>
/// <param name="Context">The output context; empty if no room was given.</param>
public sealed record TestRunResult(
    uint ReturnValue, TimeSpan Duration, long DurationNanoseconds, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Context);
