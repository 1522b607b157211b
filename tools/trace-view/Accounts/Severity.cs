namespace KernelSim.TraceView.Accounts;

/// <summary>How much attention a request deserves; the page opens on the first of the worst.</summary>
internal enum Severity
{
    /// <summary>Nothing is wrong with it.</summary>
    None,

    /// <summary>It returned an errno without a refusal: an ordinary outcome, such as the end of an iteration.</summary>
    Answered,

    /// <summary>It returned 0 although the parties disagree about the size of a value.</summary>
    Suspect,

    /// <summary>A check refused it.</summary>
    Refused,

    /// <summary>It accessed memory that may not be accessed, or stopped the machine.</summary>
    Fault,
}
