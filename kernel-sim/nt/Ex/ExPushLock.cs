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
            if (ReferenceEquals(_owner, current))
            {
                _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, 0);
            }

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
            if (ReferenceEquals(_owner, current))
            {
                _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, 0);
            }

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
        lock (_machine.DispatcherLock)
        {
            if (owner is not null ? !ReferenceEquals(_owner, owner) : _readers == 0)
            {
                if (!_machine.IsStopped)
                {
                    _machine.BugCheck(BugcheckCode.SpinLockNotOwned);
                }

                return;
            }

            if (owner is not null)
            {
                _owner = null;
            }
            else
            {
                _readers--;
            }

            Monitor.PulseAll(_machine.DispatcherLock);
        }
    }

    private static void Require(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (current.Irql >= Irql.Dispatch)
        {
            current.BugCheckIrql(Irql.Apc);
        }
    }

    private void WaitLocked()
    {
        _machine.ThrowIfStopped();
        Monitor.Wait(_machine.DispatcherLock);
        _machine.ThrowIfStopped();
    }
}
