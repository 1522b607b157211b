using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;

namespace KernelSim.Nt.Ex;

/// <summary>A work item, IO_WORKITEM: code that runs at PASSIVE_LEVEL soon, queued from any level up to DISPATCH_LEVEL.</summary>
/// <remarks>
/// It runs when a host thread next leaves the kernel (its outermost stay), when one waits in the kernel at PASSIVE_LEVEL and holds no push
/// lock, or when the clock is advanced; without other threads that is when the thread that queued it leaves. On behalf of the system, under the request
/// id of the thread that queued it; what is refused there is told to the process that asked.
/// </remarks>
public sealed class ExWorkItem
{
    private readonly Machine _machine;
    private readonly Action<KeThread> _routine;
    private int _queued;
    private ulong _requestId;
    private PsProcess? _requestor;

    /// <summary>Makes a work item: <c>IoAllocateWorkItem</c>.</summary>
    public ExWorkItem(Machine machine, Action<KeThread> routine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(routine);
        _machine = machine;
        _routine = routine;
    }

    /// <summary>The latest drain of the queue that ran it; the queue's lock guards it.</summary>
    internal long LastDrain { get; set; }

    /// <summary>Queues it: <c>IoQueueWorkItem</c>. False when it is queued already and has not begun.</summary>
    public bool Queue(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return Queue(current.RequestId, current.Process ?? current.Requestor);
    }

    internal bool Queue(ulong requestId, PsProcess? requestor = null)
    {
        if (Interlocked.CompareExchange(ref _queued, 1, 0) != 0)
        {
            return false;
        }

        _requestId = requestId;
        _requestor = requestor;
        _machine.WorkQueue.Enqueue(this);
        return true;
    }

    internal void Run(KeThread current)
    {
        (PsProcess? process, PsProcess? requestor, ulong request) = (current.Process, current.Requestor, current.RequestId);
        (current.Process, current.Requestor, current.RequestId) = (null, _requestor, _requestId);
        Volatile.Write(ref _queued, 0);
        try
        {
            _routine(current);
            if (current.Irql != Irql.Passive)
            {
                _machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)current.Irql, (ulong)Irql.Passive);
            }
        }
        catch (Exception e) when (_machine.StopOnUnhandled(e))
        {
            _machine.ThrowIfStopped();
        }
        finally
        {
            (current.Process, current.Requestor, current.RequestId) = (process, requestor, request);
        }
    }
}
