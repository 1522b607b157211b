using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Analysis;

/// <summary>
/// A pending request that somebody cannot go on without: a thread waits in the kernel for it, it was cancelled and is still there, or its process
/// cannot end.
/// </summary>
internal sealed class StuckDiagnosis : IDiagnosis
{
    /// <inheritdoc/>
    public Verdict? Examine(Evidence evidence)
    {
        foreach (IrpView irp in evidence.Pending)
        {
            if (WhoIsStuck(evidence, irp) is { } who)
            {
                return PendingVerdict.Of(evidence, irp, who);
            }
        }

        return null;
    }

    private static string? WhoIsStuck(Evidence evidence, IrpView irp)
    {
        if (irp.IsCancelled)
        {
            return "It was cancelled, and its driver has not completed it since.";
        }

        if (evidence.Processes.FirstOrDefault(p => p.Id == irp.ProcessId) is { HasExited: true })
        {
            return "Its process is ending, and cannot before it is completed.";
        }

        return evidence.Threads.FirstOrDefault(t => t.IsInKernel && t.RequestId == irp.RequestId) is { } thread
            ? $"Host thread {thread.HostId} waits in the kernel until it is completed."
            : null;
    }
}
