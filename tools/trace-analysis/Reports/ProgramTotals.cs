namespace KernelSim.TraceAnalysis.Reports;

/// <summary>The activity of one program.</summary>
/// <param name="Id">Id of the program.</param>
public sealed record ProgramTotals(long Id)
{
    /// <summary>Name of the program; empty if unknown.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Type of the program; empty if unknown.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>Result of the last attempt to load its code, by name; empty if the trace has none.</summary>
    public string Load { get; init; } = string.Empty;

    /// <summary>Number of runs: for hooks, and in test runs.</summary>
    public long Runs { get; init; }

    /// <summary>Number of tail calls from it, including those of the programs that followed.</summary>
    public long TailCalls { get; init; }

    /// <summary>Number of calls of map helpers, and of tail calls that it requested.</summary>
    public long HelperCalls { get; init; }

    /// <summary>Number of instructions that were recorded of its runs.</summary>
    public long Instructions { get; init; }

    /// <summary>Number of runs whose instructions the session asked for, and that showed none.</summary>
    public long RunsWithoutInstructions { get; init; }

    /// <summary>The engine of the last of these runs, by name; empty if there is none.</summary>
    public string SilentEngine { get; init; } = string.Empty;

    /// <summary>Number of lines that it printed.</summary>
    public long Lines { get; init; }

    /// <summary>Number of test runs that began.</summary>
    public long TestRuns { get; init; }

    /// <summary>Number of test runs that did not succeed.</summary>
    public long FailedTestRuns { get; init; }

    /// <summary>Number of runs requested in all test runs together.</summary>
    public long Repeats { get; init; }

    /// <summary>Nanoseconds per run in the last successful test run.</summary>
    public long NanosecondsARun { get; init; }
}
