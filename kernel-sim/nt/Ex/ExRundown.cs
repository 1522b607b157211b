using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>
/// Rundown protection, EX_RUNDOWN_REF: any number of users share an object until one thread runs it down. That thread waits for the users to
/// finish, and no new ones are admitted.
/// </summary>
public sealed class ExRundown
{
    // Bit 0: rundown is active. The bits above count the users.
    private const long RundownActive = 1;
    private const long User = 2;

    private readonly Machine _machine;
    private readonly KEvent _empty;
    private long _state;

    /// <summary>Creates it with no rundown active: <c>ExInitializeRundownProtection</c>.</summary>
    public ExRundown(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
        _empty = new KEvent(machine, manualReset: true);
    }

    /// <summary>
    /// Acquires protection: <c>ExAcquireRundownProtection</c>. False once rundown is active; otherwise pair with <see cref="Release"/>.
    /// </summary>
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

    /// <summary>Releases protection: <c>ExReleaseRundownProtection</c>. One release too many: bugcheck REFERENCE_BY_POINTER.</summary>
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

    /// <summary>
    /// Starts the rundown and waits until all users have released it: <c>ExWaitForRundownProtectionRelease</c>. Below DISPATCH_LEVEL.
    /// </summary>
    public void WaitForRelease(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        current.RequireMayWait();

        if (Interlocked.Or(ref _state, RundownActive) > RundownActive)
        {
            _empty.Wait(current, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Admits users again after a completed rundown: <c>ExReInitializeRundownProtection</c>. Without one: bugcheck.</summary>
    public void Reinitialize()
    {
        if (Interlocked.CompareExchange(ref _state, 0, RundownActive) != RundownActive)
        {
            _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, (ulong)Volatile.Read(ref _state));
        }

        _empty.Clear();
    }
}
