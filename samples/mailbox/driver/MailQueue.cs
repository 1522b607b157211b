using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Samples.Mailbox.Driver;

/// <summary>
/// A device's letters and the requests that wait for one; at least one of the two is empty. A waiting request may end in three ways, by
/// a letter, by cancellation or by its timer: whichever takes its cancel routine completes it, and nothing else touches it.
/// </summary>
internal sealed unsafe class MailQueue(Machine machine)
{
    private readonly Queue<Letter> _letters = new();
    private readonly List<WaitingReceive> _waiting = [];
    private KSpinLock _lock = new(LockRank.DriverLeaf);

    /// <summary>Gives a letter to the request that has waited longest, or queues it.</summary>
    /// <returns>Success, or <see cref="NtStatus.InsufficientResources"/>: too many letters wait, or pool refuses.</returns>
    public NtStatus Post(KeThread current, ReadOnlySpan<byte> bytes)
    {
        WaitingReceive? receiver;
        using (_lock.Acquire(current))
        {
            receiver = TakeOldest();
            if (receiver is null)
            {
                return Keep(bytes);
            }
        }

        bytes.CopyTo(new Span<byte>(receiver.Irp.SystemBuffer, bytes.Length));
        Complete(current, receiver.Irp, NtStatus.Success, (ulong)bytes.Length);
        return NtStatus.Success;
    }

    /// <summary>Completes a request with the oldest letter, or makes it pending. Its dispatch routine returns the result of this method.</summary>
    public NtStatus Receive(KeThread current, Irp irp, TimeSpan timeout)
    {
        bool hasLetter;
        bool waits = false;
        Letter letter;
        using (_lock.Acquire(current))
        {
            hasLetter = _letters.TryDequeue(out letter);
            if (!hasLetter)
            {
                irp.MarkPending();
                waits = TryWait(current, irp, timeout);
            }
        }

        if (hasLetter)
        {
            letter.Bytes.CopyTo(new Span<byte>(irp.SystemBuffer, letter.Bytes.Length));
            Complete(current, irp, NtStatus.Success, (ulong)letter.Bytes.Length);
            letter.Free(machine.Pool);
            return NtStatus.Success;
        }

        if (!waits)
        {
            Complete(current, irp, NtStatus.Cancelled, 0);
        }

        return NtStatus.Pending;
    }

    /// <summary>Ends the requests that came through a file object.</summary>
    public void CancelAll(KeThread current, FileObject file)
    {
        List<Irp> taken = [];
        using (_lock.Acquire(current))
        {
            foreach (WaitingReceive waiting in _waiting.ToArray())
            {
                if (waiting.Irp.FileObject == file && TryTake(waiting))
                {
                    taken.Add(waiting.Irp);
                }
            }
        }

        foreach (Irp irp in taken)
        {
            Complete(current, irp, NtStatus.Cancelled, 0);
        }
    }

    /// <summary>Frees everything. No file is open on the device any more, so no request waits and none arrives.</summary>
    public void Dispose(KeThread current)
    {
        // A timer that fired at the last moment may have queued its DPC, which must not run in an unloaded driver.
        machine.FlushDpcs(current);
        while (_letters.TryDequeue(out Letter letter))
        {
            letter.Free(machine.Pool);
        }
    }

    private static void Complete(KeThread current, Irp irp, NtStatus status, ulong information) =>
        current.Machine.Io.CompleteRequest(current, irp, status, information);

    /// <summary>Call it under the lock. False if the request was cancelled before it could wait: the caller completes it.</summary>
    private bool TryWait(KeThread current, Irp irp, TimeSpan timeout)
    {
        WaitingReceive waiting = new(machine, irp, OnTimeout);
        irp.DriverContext = waiting;
        irp.SetCancelRoutine(OnCancel);

        // Cancelled before there was a routine: then it has not been called. If the routine is gone it is being called, and waits for the lock.
        if (irp.Cancel && irp.SetCancelRoutine(null) is not null)
        {
            return false;
        }

        _waiting.Add(waiting);
        waiting.StartTimer(current, timeout);
        return true;
    }

    /// <summary>Call it under the lock. True if the caller must complete the request; false if cancellation is about to complete it.</summary>
    private bool TryTake(WaitingReceive waiting)
    {
        if (waiting.Irp.SetCancelRoutine(null) is null)
        {
            return false;
        }

        waiting.StopTimer();
        _waiting.Remove(waiting);
        return true;
    }

    /// <summary>Call it under the lock.</summary>
    private WaitingReceive? TakeOldest() => _waiting.ToArray().FirstOrDefault(TryTake);

    /// <summary>Under the lock.</summary>
    private NtStatus Keep(ReadOnlySpan<byte> bytes)
    {
        if (_letters.Count == MailboxDevice.MaxLetters || !Letter.TryWrite(machine.Pool, bytes, out Letter letter))
        {
            return NtStatus.InsufficientResources;
        }

        _letters.Enqueue(letter);
        return NtStatus.Success;
    }

    /// <summary>Runs at DISPATCH_LEVEL, for a request whose cancel routine has been taken: it is still in the list.</summary>
    private void OnCancel(KeThread current, Irp irp)
    {
        var waiting = (WaitingReceive)irp.DriverContext!;
        using (_lock.Acquire(current))
        {
            waiting.StopTimer();
            _waiting.Remove(waiting);
        }

        Complete(current, irp, NtStatus.Cancelled, 0);
    }

    /// <summary>Runs at DISPATCH_LEVEL, as a DPC. The request may have finished, and its IRP been reused: only the list tells.</summary>
    private void OnTimeout(KeThread current, WaitingReceive waiting)
    {
        using (_lock.Acquire(current))
        {
            if (!_waiting.Contains(waiting) || !TryTake(waiting))
            {
                return;
            }
        }

        Complete(current, waiting.Irp, NtStatus.IoTimeout, 0);
    }
}
