using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace SampleNamespace;

/// <summary>
/// Pending requests. A program may cancel one at any moment; whoever takes its cancel routine, the driver or the canceller, completes it.
/// </summary>
internal sealed unsafe class WaitingRequests
{
    private readonly List<Irp> _waiting = [];
    private KSpinLock _lock = new(LockRank.DriverLeaf);

    /// <summary>Makes a request pending. Its dispatch routine returns the result of this method.</summary>
    public NtStatus Add(KeThread current, Irp irp)
    {
        irp.MarkPending();
        bool cancelled;
        using (_lock.Acquire(current))
        {
            irp.SetCancelRoutine(OnCancel);

            // A cancellation before this line found no routine to call. If the routine is gone now, it is being called and waits for the lock.
            cancelled = irp.Cancel && irp.SetCancelRoutine(null) is not null;
            if (!cancelled)
            {
                _waiting.Add(irp);
            }
        }

        if (cancelled)
        {
            current.Machine.Io.CompleteRequest(current, irp, NtStatus.Cancelled, 0);
        }

        return NtStatus.Pending;
    }

    /// <summary>Completes all requests with a total, oldest first.</summary>
    public void CompleteAll(KeThread current, ulong total)
    {
        foreach (Irp irp in Take(current, file: null))
        {
            *(ulong*)irp.SystemBuffer = total;
            current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, TotalDevice.NumberBytes);
        }
    }

    /// <summary>Cancels the requests that were sent through a file.</summary>
    public void CancelAll(KeThread current, FileObject file)
    {
        foreach (Irp irp in Take(current, file))
        {
            current.Machine.Io.CompleteRequest(current, irp, NtStatus.Cancelled, 0);
        }
    }

    /// <summary>Takes the requests that nobody is cancelling out of the list. They are completed outside of the lock.</summary>
    private List<Irp> Take(KeThread current, FileObject? file)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        List<Irp> taken = _waiting.FindAll(irp => (file is null || irp.FileObject == file) && irp.SetCancelRoutine(null) is not null);
        _waiting.RemoveAll(taken.Contains);
        return taken;
    }

    /// <summary>Called at DISPATCH_LEVEL. The request is still in the list: no other thread may remove it.</summary>
    private void OnCancel(KeThread current, Irp irp)
    {
        using (_lock.Acquire(current))
        {
            _waiting.Remove(irp);
        }

        current.Machine.Io.CompleteRequest(current, irp, NtStatus.Cancelled, 0);
    }
}
