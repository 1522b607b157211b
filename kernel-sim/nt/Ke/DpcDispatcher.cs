using KernelSim.Tracing;

namespace KernelSim.Nt.Ke;

/// <summary>
/// Decides which host thread runs a queued DPC, and runs it. A thread on the processor at DISPATCH_LEVEL runs it when it lowers; if there is
/// none, the queuing thread occupies the processor itself.
/// </summary>
internal static class DpcDispatcher
{
    /// <summary>Ensures that a DPC that was just queued runs.</summary>
    public static void Queued(KeThread current, KeProcessor target)
    {
        if (current.Irql < Irql.Dispatch)
        {
            Drain(current, target);
        }
        else if (target != current.Processor && !SomebodyWillDrain(target))
        {
            current.Processor.Kick(target);
        }
    }

    /// <summary>
    /// Runs the DPCs queued to a processor, on a thread below DISPATCH_LEVEL, unless a thread there will run them; then those that they queued to
    /// other processors, and so on. A DPC that passes itself around all processors indefinitely takes no more stack than one DPC.
    /// </summary>
    public static void Drain(KeThread current, KeProcessor target)
    {
        DrainOne(current, target);
        while (current.Kicked.TryDequeue(out KeProcessor? other))
        {
            DrainOne(current, other);
        }
    }

    /// <summary>Waits until every DPC queued so far to a processor has run.</summary>
    public static void Flush(KeThread current, KeProcessor target)
    {
        Drain(current, target);

        // One that another thread is running has finished once that thread has left the processor.
        SpinWait spin = default;
        while (target.HasPending || target.IsOccupied)
        {
            current.Machine.ThrowIfStopped();
            spin.SpinOnce(sleep1Threshold: -1);
            Drain(current, target);
        }
    }

    private static void DrainOne(KeThread current, KeProcessor target)
    {
        while (target.HasPending && !current.Machine.IsStopped)
        {
            if (target.TryOccupy(current))
            {
                Run(current, target);
                while (target.DequeueKick() is { } other)
                {
                    current.Kicked.Enqueue(other);
                }
            }
            else if (SomebodyWillDrain(target))
            {
                return;
            }
        }
    }

    /// <summary>
    /// True if the thread that occupies a processor is bound to see what has been queued there. The barrier makes the occupant's
    /// release visible here, or orders it before its check of the queue; this side pays for it, so that lowering does not.
    /// </summary>
    private static bool SomebodyWillDrain(KeProcessor target)
    {
        if (!target.IsOccupied)
        {
            return false;
        }

        Interlocked.MemoryBarrierProcessWide();
        return target.IsOccupied;
    }

    /// <summary>Runs the queue of a processor that this thread has just occupied, and vacates the processor.</summary>
    private static void Run(KeThread current, KeProcessor target)
    {
        KeThread.Context before = current.EnterDpcs(target);
        try
        {
            while (target.Dequeue() is { } dpc)
            {
                current.RequestId = dpc.RequestId;
                if (KernelEventSource.Log.IsEnabled())
                {
                    KernelEventSource.Log.DpcRun(dpc.RequestId, target.Number, dpc.Name);
                }

                Run(current, dpc);
                if (current.Irql != Irql.Dispatch || current.HeldLocks != 0)
                {
                    current.Machine.BugCheck(
                        BugcheckCode.IrqlNotLessOrEqual, (ulong)current.Irql, (ulong)Irql.Dispatch, (ulong)current.HeldLocks);
                }
            }
        }
        finally
        {
            current.LeaveDpcs(before);
            target.Vacate();
        }
    }

    private static void Run(KeThread current, KDpc dpc)
    {
        try
        {
            dpc.Run(current);
        }
        catch (Exception e) when (current.Machine.StopOnUnhandled(e))
        {
            current.Machine.ThrowIfStopped();
        }
    }
}
