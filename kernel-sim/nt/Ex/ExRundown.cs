using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>
/// Rundown protection, EX_RUNDOWN_REF: many may use a thing, until somebody wants it gone; that one waits for those inside and lets nobody
/// in any more.
/// </summary>
public sealed class ExRundown
{
    // Bit 0: rundown has begun. Above: twice the number of users.
    private const long RundownActive = 1;
    private const long User = 2;

    private readonly Machine _machine;
    private readonly KEvent _empty;
    private long _state;

    /// <summary>Makes it, open: <c>ExInitializeRundownProtection</c>.</summary>
    public ExRundown(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
        _empty = new KEvent(machine, manualReset: true);
    }

    /// <summary>Goes in: <c>ExAcquireRundownProtection</c>. False once rundown has begun; otherwise <see cref="Release"/> comes later.</summary>
    public bool TryAcquire()
    {
        long state = Volatile.Read(ref _state);
        while ((state & RundownActive) == 0)
        {
            long seen = Interlocked.CompareExchange(ref _state, state + User, state);
            if (seen == state)
            {
                return true;
            }

            state = seen;
        }

        return false;
    }

    /// <summary>Comes out: <c>ExReleaseRundownProtection</c>. More often than in: bugcheck REFERENCE_BY_POINTER.</summary>
    public void Release()
    {
        long state = Interlocked.Add(ref _state, -User);
        if (state < 0)
        {
            _machine.BugCheck(BugcheckCode.ReferenceByPointer, 0, 0, unchecked((ulong)(state / User)));
        }

        if (state == RundownActive)
        {
            _empty.Set();
        }
    }

    /// <summary>Lets nobody in any more and waits for those inside: <c>ExWaitForRundownProtectionRelease</c>. Below DISPATCH_LEVEL.</summary>
    public void WaitForRelease(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (current.Irql >= Irql.Dispatch)
        {
            current.BugCheckIrql(Irql.Apc);
        }

        if (Interlocked.Or(ref _state, RundownActive) > RundownActive)
        {
            _empty.Wait(current, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Opens it again after a rundown: <c>ExReInitializeRundownProtection</c>. Not run down: bugcheck.</summary>
    public void Reinitialize()
    {
        if (Interlocked.CompareExchange(ref _state, 0, RundownActive) != RundownActive)
        {
            _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, (ulong)Volatile.Read(ref _state));
        }

        _empty.Clear();
    }
}
