namespace KernelSim.Debugger.Analysis;

/// <summary>
/// The diagnoses in the order in which they count: the first that finds something is the verdict. A stopped machine explains all else; a process that
/// has gone explains what it did not do; somebody who is stuck does not come to be refused; a reader that waits for data may be what is meant, so it
/// comes after whoever was refused.
/// </summary>
internal static class Diagnoses
{
    private static readonly IDiagnosis[] s_inOrder =
    [
        new BugcheckDiagnosis(),
        new FaultDiagnosis(),
        new StuckDiagnosis(),
        new RefusalDiagnosis(),
        new WaitingDiagnosis(),
    ];

    /// <summary>The cause, or that there is none.</summary>
    public static Verdict Of(Evidence evidence) =>
        s_inOrder.Select(d => d.Examine(evidence)).FirstOrDefault(v => v is not null)
        ?? new Verdict(Causes.None, evidence.Trace.IsGiven
            ? "The machine runs: no process has faulted, no request is pending, and neither the flight recorder nor the trace has a refusal."
            : "The machine runs: no process has faulted, no request is pending, and the flight recorder has no refusal. What the user library "
                + "refuses does not reach the kernel; --trace FILE shows it.");
}
