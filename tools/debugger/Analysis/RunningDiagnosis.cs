using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Analysis;

/// <summary>
/// A thread is in a driver with a request that is not pending. One look cannot tell a driver that never returns from one that is at work, so it says
/// what runs, and how to find out.
/// </summary>
internal sealed class RunningDiagnosis : IDiagnosis
{
    /// <inheritdoc/>
    public Verdict? Examine(Evidence evidence)
    {
        foreach (ThreadView thread in evidence.Threads.Where(t => t.IsInKernel && t.RequestId != 0).OrderBy(t => t.RequestId))
        {
            if (evidence.RunningAt(thread) is { } irp)
            {
                return Of(evidence, thread, irp);
            }
        }

        return null;
    }

    private static Verdict Of(Evidence evidence, ThreadView thread, IrpView irp)
    {
        string driver = irp.File?.Device?.Driver.Name is { } name ? $"driver {name}" : "a driver that is unknown";
        return new Verdict(
            Causes.Running,
            $"Request {irp.RequestId} of process {irp.ProcessId}, {evidence.OperationOf(irp)}, is running in {driver}: "
            + $"host thread {thread.HostId} is in the kernel with it, on CPU {thread.Processor}. It is a hang only if a later look finds "
            + "the same request there.")
        {
            Request = irp.RequestId,
            Fix = $"k {thread.Processor} shows the thread's calls. If the request stays, its routine does not return: "
                + "look for a loop, or a wait that nobody ends.",
            Next = [$"k {thread.Processor}", $"!request {irp.RequestId}", "!running"],
        };
    }
}
