using KernelSim.TraceAnalysis;

namespace KernelSim.TraceView.Accounts;

/// <summary>The explanation of a request that failed, or whose parties testified about sizes.</summary>
/// <param name="Request">The explained request.</param>
/// <param name="Severity">How severe it is.</param>
/// <param name="Verdict">The outcome and its reason, in one sentence; empty if all is well.</param>
/// <param name="Reasons">Further sentences about the cause.</param>
/// <param name="Fix">What to change in the program; empty if nothing.</param>
/// <param name="Chain">How the error travelled to the program.</param>
/// <param name="Witnesses">The size of a value according to application, library and kernel; null without testimony.</param>
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
    /// <summary>Whether it contains anything that the events do not already show.</summary>
    public bool IsWorthTelling => Severity != Severity.None || Witnesses is not null;
}
