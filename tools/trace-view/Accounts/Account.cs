using KernelSim.TraceAnalysis;

namespace KernelSim.TraceView.Accounts;

/// <summary>What there is to say about a request that went wrong, or whose parties testified about sizes.</summary>
/// <param name="Request">The request.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Verdict">How it ended and why, in one sentence; empty when all is well.</param>
/// <param name="Reasons">More sentences: what led there.</param>
/// <param name="Fix">What the program has to do; empty when there is nothing to say.</param>
/// <param name="Chain">How the error travelled to the program.</param>
/// <param name="Witnesses">What application, library and kernel took the size of a value to be; null when nobody testified.</param>
/// <param name="Attempt">The copy that a fault cut short.</param>
internal sealed record Account(
    RequestView Request,
    Severity Severity,
    string Verdict,
    IReadOnlyList<string> Reasons,
    string Fix,
    IReadOnlyList<ChainLink> Chain,
    Witnesses? Witnesses,
    Attempt? Attempt)
{
    /// <summary>Whether there is anything in it that the events do not already say.</summary>
    public bool IsWorthTelling => Severity != Severity.None || Witnesses is not null;
}
