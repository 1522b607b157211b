namespace KernelSim.TraceAnalysis.Reports;

/// <summary>The activity of one link between a program and a hook.</summary>
/// <param name="Id">Id of the link.</param>
public sealed record LinkTotals(long Id)
{
    /// <summary>Id of the program; 0 if unknown.</summary>
    public long ProgramId { get; init; }

    /// <summary>The hook, by its section name or its GUID; empty if unknown.</summary>
    public string AttachType { get; init; } = string.Empty;

    /// <summary>The last NTSTATUS of the hook's provider, by name; empty if unknown.</summary>
    public string Answer { get; init; } = string.Empty;

    /// <summary>Number of times that the hook ran the program.</summary>
    public long Invocations { get; init; }

    /// <summary>Number of times that the program did not run when the hook called it.</summary>
    public long Failed { get; init; }

    /// <summary>The program's last return value.</summary>
    public long LastResult { get; init; }

    /// <summary>Number of times that the link was attached.</summary>
    public long Attached { get; init; }

    /// <summary>Number of times that it was detached.</summary>
    public long Detached { get; init; }
}
