namespace KernelSim.TraceAnalysis.Reports;

/// <summary>What one link saw, a program at a hook.</summary>
/// <param name="Id">Its id.</param>
public sealed record LinkTotals(long Id)
{
    /// <summary>The program; 0 as long as the trace does not say.</summary>
    public long ProgramId { get; init; }

    /// <summary>The hook, by its section name or its GUID; empty when the trace does not say.</summary>
    public string AttachType { get; init; } = string.Empty;

    /// <summary>What the hook's provider answered last, an NTSTATUS by name; empty when the trace has no answer.</summary>
    public string Answer { get; init; } = string.Empty;

    /// <summary>How often the hook ran the program.</summary>
    public long Invocations { get; init; }

    /// <summary>How often the program did not run, although the hook asked.</summary>
    public long Failed { get; init; }

    /// <summary>What the program returned last.</summary>
    public long LastResult { get; init; }

    /// <summary>How often the link was attached.</summary>
    public long Attached { get; init; }

    /// <summary>How often it was detached.</summary>
    public long Detached { get; init; }
}
