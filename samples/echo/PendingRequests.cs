using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Samples.Echo;

/// <summary>
/// Pending requests, each of which may be cancelled at any moment. Whichever side takes the cancel routine completes the request: the
/// driver, or cancellation.
/// </summary>
internal sealed class PendingRequests
{
    private readonly List<Irp> _waiting = [];
    private KSpinLock _lock = new(LockRank.DriverLeaf);
    private int _count;

    /// <summary>Number of pending requests; may be read by any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Makes a request pending. Its dispatch routine returns the result of this method.</summary>
    public NtStatus Add(KeThread current, Irp irp)
    {
        irp.MarkPending();
        bool cancelled;
        using (_lock.Acquire(current))
        {
            irp.SetCancelRoutine(OnCancel);

            // Cancelled before there was a routine: it has not been called then, unless it is being called now and waits for the lock.
            cancelled = irp.Cancel && irp.SetCancelRoutine(null) is not null;
            if (!cancelled)
            {
                _waiting.Add(irp);
                Volatile.Write(ref _count, _waiting.Count);
            }
        }

        if (cancelled)
        {
            Complete(current, irp, NtStatus.Cancelled);
        }

        return NtStatus.Pending;
    }

    /// <summary>Completes all pending requests, oldest first.</summary>
    public void CompleteAll(KeThread current) => TakeAndComplete(current, file: null, NtStatus.Success);

    /// <summary>Cancels those that were sent through a file object whose last handle has been closed.</summary>
    public void CancelAll(KeThread current, FileObject file) => TakeAndComplete(current, file, NtStatus.Cancelled);

    private static void Complete(KeThread current, Irp irp, NtStatus status) =>
        current.Machine.Io.CompleteRequest(current, irp, status, status.IsSuccess ? irp.InputLength : 0);

    private void TakeAndComplete(KeThread current, FileObject? file, NtStatus status)
    {
        List<Irp> taken = [];
        using (_lock.Acquire(current))
        {
            foreach (Irp irp in _waiting)
            {
                if ((file is null || irp.FileObject == file) && irp.SetCancelRoutine(null) is not null)
                {
                    taken.Add(irp);
                }
            }

            _waiting.RemoveAll(taken.Contains);
            Volatile.Write(ref _count, _waiting.Count);
        }

        foreach (Irp irp in taken)
        {
            Complete(current, irp, status);
        }
    }

    /// <summary>Runs at DISPATCH_LEVEL; the request is still in the list, since no other thread may remove it.</summary>
    private void OnCancel(KeThread current, Irp irp)
    {
        using (_lock.Acquire(current))
        {
            _waiting.Remove(irp);
            Volatile.Write(ref _count, _waiting.Count);
        }

        Complete(current, irp, NtStatus.Cancelled);
    }
}
