using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>
/// A push lock, EX_PUSH_LOCK: one writer or many readers, acquired below DISPATCH_LEVEL because it blocks. Not recursive.
/// </summary>
/// <remarks>
/// Lock order: a push lock comes before every spin lock (nobody who holds a spin lock may block). A thread that acquires it exclusively
/// twice would wait for itself for ever: bugcheck KERNEL_SECURITY_CHECK_FAILURE instead.
/// </remarks>
public sealed class ExPushLock
{
    private readonly Machine _machine;
    private KeThread? _owner; // guarded by the dispatcher lock, as _readers
    private int _readers;

    /// <summary>Makes a free lock: <c>ExInitializePushLock</c>.</summary>
    public ExPushLock(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
    }

    /// <summary>Waits until it is this thread's alone: <c>ExAcquirePushLockExclusive</c>.</summary>
    public PushLockScope AcquireExclusive(KeThread current)
    {
        Require(current);
        lock (_machine.DispatcherLock)
        {
            while (_owner is not null || _readers > 0)
            {
                WaitLocked();
            }

            _owner = current;
        }

        return new PushLockScope(this, current);
    }

    /// <summary>Waits until no writer has it: <c>ExAcquirePushLockShared</c>.</summary>
    public PushLockScope AcquireShared(KeThread current)
    {
        Require(current);
        lock (_machine.DispatcherLock)
        {
            while (_owner is not null)
            {
                WaitLocked();
            }

            _readers++;
        }

        return new PushLockScope(this, null);
    }

    internal void Release(KeThread? owner)
    {
        bool held;
        lock (_machine.DispatcherLock)
        {
            held = owner is not null ? ReferenceEquals(_owner, owner) : _readers > 0;
            if (held && owner is not null)
            {
                _owner = null;
            }
            else if (held)
            {
                _readers--;
            }

            Monitor.PulseAll(_machine.DispatcherLock);
        }

        if (!held && !_machine.IsStopped)
        {
            _machine.BugCheck(BugcheckCode.SpinLockNotOwned);
        }
    }

    private void Require(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (current.Irql >= Irql.Dispatch)
        {
            current.BugCheckIrql(Irql.Apc);
        }

        // Only this thread can have made itself the owner.
        if (ReferenceEquals(Volatile.Read(ref _owner), current))
        {
            _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure);
        }
    }

    private void WaitLocked()
    {
        _machine.ThrowIfStopped();
        Monitor.Wait(_machine.DispatcherLock);
        _machine.ThrowIfStopped();
    }
}
