namespace KernelSim.TraceAnalysis.Reports;

/// <summary>What one program did.</summary>
/// <param name="Id">Its id.</param>
public sealed record ProgramTotals(long Id)
{
    /// <summary>Its name, as far as the trace says; else empty.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its type, as far as the trace says; else empty.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>How the last attempt to give it code ended, the driver's result by name; empty when the trace has none.</summary>
    public string Load { get; init; } = string.Empty;

    /// <summary>How often it ran: for hooks, and in test runs.</summary>
    public long Runs { get; init; }

    /// <summary>How often another program ran in its place, with those that followed that one.</summary>
    public long TailCalls { get; init; }

    /// <summary>Calls of map helpers, and tail calls that it asked for.</summary>
    public long HelperCalls { get; init; }

    /// <summary>Lines that it printed.</summary>
    public long Lines { get; init; }

    /// <summary>Test runs that began.</summary>
    public long TestRuns { get; init; }

    /// <summary>Test runs that ended with anything but success.</summary>
    public long FailedTestRuns { get; init; }

    /// <summary>How often it was to run in all test runs together.</summary>
    public long Repeats { get; init; }

    /// <summary>Nanoseconds a run took in the last test run that succeeded.</summary>
    public long NanosecondsARun { get; init; }
}
