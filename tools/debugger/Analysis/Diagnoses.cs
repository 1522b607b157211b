namespace KernelSim.Debugger.Analysis;

/// <summary>
/// The diagnoses in the order in which they count. A stopped machine explains all else; then comes what is wrong now, somebody who is stuck at a
/// request; then what went wrong, a fault or a refusal, the latest first. A reader that waits for data, and a thread that runs, may be as they
/// should.
/// </summary>
internal static class Diagnoses
{
    private static readonly BugcheckDiagnosis s_stop = new BugcheckDiagnosis();
    private static readonly StuckDiagnosis s_stuck = new StuckDiagnosis();
    private static readonly IDiagnosis[] s_past = [new FaultDiagnosis(), new RefusalDiagnosis()];
    private static readonly WaitingDiagnosis s_waiting = new WaitingDiagnosis();
    private static readonly RunningDiagnosis s_running = new RunningDiagnosis();

    /// <summary>The cause, or that there is none; then what else was found.</summary>
    public static IReadOnlyList<Verdict> Of(Evidence evidence)
    {
        Verdict? stuck = s_stuck.Examine(evidence);
        Verdict?[] examined =
        [
            s_stop.Examine(evidence),
            stuck,
            .. s_past.Select(d => d.Examine(evidence)).OrderByDescending(v => v?.Time ?? 0),
            stuck is null ? s_waiting.Examine(evidence) : null,
            s_running.Examine(evidence),
        ];
        Verdict[] found = [.. examined.OfType<Verdict>()];
        return found.Length > 0 ? found : [Nothing(evidence)];
    }

    private static Verdict Nothing(Evidence evidence) => new(Causes.None, evidence.Trace.IsGiven
        ? "The machine runs: no process has faulted, no request is pending, and neither the flight recorder nor the trace has a refusal."
        : "The machine runs: no process has faulted, no request is pending, and the flight recorder has no refusal. What the user library "
            + "refuses does not reach the kernel; --trace FILE shows it.");
}
