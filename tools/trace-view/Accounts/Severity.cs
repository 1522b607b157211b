namespace KernelSim.TraceView.Accounts;

/// <summary>How much a request deserves to be looked at; the page opens on the first of the worst.</summary>
internal enum Severity
{
    /// <summary>Nothing is wrong with it.</summary>
    None,

    /// <summary>It returned an errno that no check gave: an answer, such as the end of an iteration.</summary>
    Answered,

    /// <summary>It returned 0 although the parties disagree about the size of a value.</summary>
    Suspect,

    /// <summary>A check refused it.</summary>
    Refused,

    /// <summary>It touched memory that may not be touched, or stopped the machine.</summary>
    Fault,
}
