using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;

namespace KernelSim.Nt.Ex;

/// <summary>A work item, IO_WORKITEM: code that runs later at PASSIVE_LEVEL, queued from any level up to DISPATCH_LEVEL.</summary>
/// <remarks>
/// It runs when a host thread next leaves the kernel (its outermost entry), when one waits in the kernel, or when the clock is advanced;
/// without other threads, that is when the queuing thread leaves. It runs on a system worker, which has its own stack, and may wait for
/// anything: the thread that gave it its turn continues meanwhile. It runs on behalf of the system, with the request id of the queuing thread;
/// refusals are reported to the process that made the request.
/// A worker is another host thread, and the thread that gives its turn blocks meanwhile: host locks that it holds and its thread statics
/// do not carry over to the item.
/// </remarks>
public sealed class ExWorkItem
{
    private readonly Machine _machine;
    private readonly Action<KeThread> _routine;
    private int _queued;
    private ulong _requestId;
    private PsProcess? _requestor;

    /// <summary>Creates a work item: <c>IoAllocateWorkItem</c>.</summary>
    public ExWorkItem(Machine machine, Action<KeThread> routine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(routine);
        _machine = machine;
        _routine = routine;
    }

    /// <summary>
    /// True if its routine never waits. Then it needs no worker: it runs on the thread that gives its turn, where a wait is a bugcheck, as at
    /// DISPATCH_LEVEL.
    /// </summary>
    public bool NeverWaits { get; init; }

    /// <summary>Its place in the queue; guarded by the queue's lock.</summary>
    internal long Order { get; set; }

    /// <summary>Name for reports of items that do not end; the name of the routine's method by default.</summary>
    public string Name
    {
        // Not in the constructor: reflection would cost more than most items.
        get => field ?? _routine.Method.Name;
        init;
    }

    /// <summary>The latest drain of the queue that ran it; guarded by the queue's lock.</summary>
    internal long LastDrain { get; set; }

    /// <summary>Queues it: <c>IoQueueWorkItem</c>. False if it is already queued and has not started.</summary>
    public bool Queue(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return Queue(current.RequestId, current.Process ?? current.Requestor);
    }

    /// <summary>Queues it on behalf of a request: it runs with the request's id, and refusals are reported to the process that sent it.</summary>
    public bool Queue(KeThread current, Irp irp)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(irp);
        return Queue(irp.RequestId, irp.Process);
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

    internal void RunInPlace(KeThread current)
    {
        current.ItemsInPlace++;
        try
        {
            Run(current);
        }
        finally
        {
            current.ItemsInPlace--;
        }
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
