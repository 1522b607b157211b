using KernelSim.Nt.Ke;

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
public sealed partial class ExWorkItem : IWorkItem
{
    private readonly Machine _machine;
    private readonly Action<KeThread> _routine;
    private int _queued;
    private ulong _requestId;
    private IKernelProcess? _requestor;

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

    /// <inheritdoc/>
    long IWorkItem.Order { get; set; }

    /// <summary>Name for reports of items that do not end; the name of the routine's method by default.</summary>
    public string Name
    {
        // Not in the constructor: reflection would cost more than most items.
        get => field ?? _routine.Method.Name;
        init;
    }

    /// <inheritdoc/>
    long IWorkItem.LastDrain { get; set; }

    /// <summary>Queues it: <c>IoQueueWorkItem</c>. False if it is already queued and has not started.</summary>
    public bool Queue(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return Queue(current.RequestId, current.KernelProcess ?? current.Requestor);
    }

    internal bool Queue(ulong requestId, IKernelProcess? requestor = null)
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

    void IWorkItem.RunInPlace(KeThread current)
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

    void IWorkItem.Run(KeThread current) => Run(current);

    private void Run(KeThread current)
    {
        (IKernelProcess? process, IKernelProcess? requestor, ulong request) = (current.KernelProcess, current.Requestor, current.RequestId);
        (current.KernelProcess, current.Requestor, current.RequestId) = (null, _requestor, _requestId);
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
            (current.KernelProcess, current.Requestor, current.RequestId) = (process, requestor, request);
        }
    }
}
