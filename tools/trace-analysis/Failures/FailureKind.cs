namespace KernelSim.TraceAnalysis.Failures;

/// <summary>How a request failed.</summary>
public enum FailureKind
{
    /// <summary>It did not fail, as far as the trace shows.</summary>
    None,

    /// <summary>It accessed memory that it may not access.</summary>
    Fault,

    /// <summary>A check refused it.</summary>
    Refused,

    /// <summary>It returned an errno, or the kernel completed it with an error, and no check in the trace explains it.</summary>
    Failed,

    /// <summary>It returned 0 although two witnesses disagree about the size of an element.</summary>
    Disagreement,
}
