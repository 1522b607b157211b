namespace KernelSim.TraceAnalysis.Failures;

/// <summary>How a request went wrong.</summary>
public enum FailureKind
{
    /// <summary>It did not, as far as the trace says.</summary>
    None,

    /// <summary>It touched memory that it may not touch.</summary>
    Fault,

    /// <summary>A check refused it.</summary>
    Refused,

    /// <summary>It returned an errno that no check of the trace explains.</summary>
    Failed,

    /// <summary>It returned 0 although two witnesses disagree about the size of an element.</summary>
    Disagreement,
}
