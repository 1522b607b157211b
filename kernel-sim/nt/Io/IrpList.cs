using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>The outstanding requests of one process, in the order in which they were sent. The list holds no references.</summary>
internal sealed class IrpList
{
    private HostSpinLock _lock = new(LockRank.IrpList);
    private Irp? _first;
    private Irp? _last;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(Irp irp)
    {
        _lock.Enter();
        (irp.Previous, irp.Next, irp.IsListed) = (_last, null, true);
        if (_last is null)
        {
            _first = irp;
        }
        else
        {
            _last.Next = irp;
        }

        _last = irp;
        _count++;
        _lock.Exit();
    }

    public void Remove(Irp irp)
    {
        _lock.Enter();
        if (irp.IsListed)
        {
            if (irp.Previous is null)
            {
                _first = irp.Next;
            }
            else
            {
                irp.Previous.Next = irp.Next;
            }

            if (irp.Next is null)
            {
                _last = irp.Previous;
            }
            else
            {
                irp.Next.Previous = irp.Previous;
            }

            (irp.Previous, irp.Next, irp.IsListed) = (null, null, false);
            _count--;
        }

        _lock.Exit();
    }

    /// <summary>Cancels every request, or those on one file object: <c>IoCancelIrp</c> for each. Cancel routines run at DISPATCH_LEVEL.</summary>
    public void CancelAll(KeThread current, FileObject? file)
    {
        // Under the lock, a listed request cannot finish. One whose routine has been taken cannot finish afterwards either: only the routine
        // completes it.
        List<(Irp Irp, Action<KeThread, Irp> Routine)>? taken = null;
        _lock.Enter();
        for (Irp? irp = _first; irp is not null; irp = irp.Next)
        {
            if ((file is null || ReferenceEquals(irp.FileObject, file)) && irp.TakeForCancel() is { } routine)
            {
                (taken ??= []).Add((irp, routine));
            }
        }

        _lock.Exit();
        foreach ((Irp irp, Action<KeThread, Irp> routine) in taken ?? [])
        {
            Cancel(current, irp, routine);
        }
    }

    private static void Cancel(KeThread current, Irp irp, Action<KeThread, Irp> routine)
    {
        KernelEventSource.Log.IrpCancel(irp.RequestId, current.ProcessorNumber, irp.Process?.Id ?? 0, irp.Operation);
        try
        {
            using IrqlScope scope = current.RaiseIrql(Irql.Dispatch);
            routine(current, irp);
        }
        catch (Exception e) when (current.Machine.StopOnUnhandled(e))
        {
            current.Machine.ThrowIfStopped();
        }
    }
}
