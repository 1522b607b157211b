namespace KernelSim.Debugger.Analysis;

/// <summary>A pending request that nobody is known to be stuck at: maybe a reader that waits for data as it should.</summary>
internal sealed class WaitingDiagnosis : IDiagnosis
{
    /// <inheritdoc/>
    public Verdict? Examine(Evidence evidence) => evidence.Pending is [var oldest, ..]
        ? PendingVerdict.Of(evidence, oldest, "No thread waits for it in the kernel: it is a hang only if it should have been completed by now.")
        : null;
}
