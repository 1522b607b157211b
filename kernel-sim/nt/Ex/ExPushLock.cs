using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>
/// A push lock, EX_PUSH_LOCK: one writer or many readers, acquired below DISPATCH_LEVEL because it blocks. Not recursive.
/// </summary>
/// <remarks>
/// Lock order: a push lock comes before every spin lock (a thread that holds a spin lock may not block). A thread that acquires it exclusively
/// twice would deadlock; it bugchecks with KERNEL_SECURITY_CHECK_FAILURE instead. A thread that holds one runs no work items while
/// it waits, so what it waits for must not depend on a work item unless another thread can run it.
/// </remarks>
public sealed class ExPushLock
{
    private readonly Machine _machine;
    private KeThread? _owner; // guarded by the dispatcher lock, as _readers
    private int _readers;

    /// <summary>Creates a free lock: <c>ExInitializePushLock</c>.</summary>
    public ExPushLock(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
    }

    /// <summary>Acquires the lock for this thread alone, waiting if necessary: <c>ExAcquirePushLockExclusive</c>.</summary>
    public PushLockScope AcquireExclusive(KeThread current)
    {
        Require(current);
        while (!TryAcquire(current, exclusive: true))
        {
            _machine.WorkQueue.RunOne(current);
        }

        return new PushLockScope(this, current, exclusive: true);
    }

    /// <summary>Acquires the lock together with other readers, waiting if necessary: <c>ExAcquirePushLockShared</c>.</summary>
    public PushLockScope AcquireShared(KeThread current)
    {
        Require(current);
        while (!TryAcquire(current, exclusive: false))
        {
            _machine.WorkQueue.RunOne(current);
        }

        return new PushLockScope(this, current, exclusive: false);
    }

    internal void Release(KeThread current, bool exclusive)
    {
        bool held;
        lock (_machine.DispatcherLock)
        {
            held = exclusive ? ReferenceEquals(_owner, current) : _readers > 0;
            if (held && exclusive)
            {
                _owner = null;
            }
            else if (held)
            {
                _readers--;
            }

            current.HeldPushLocks -= held ? 1 : 0;
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

    /// <summary>Waits and acquires. False if there is a work item to run first: the lock's holder may be waiting for it.</summary>
    private bool TryAcquire(KeThread current, bool exclusive)
    {
        bool mayRun = WorkQueue.MayRun(current);
        lock (_machine.DispatcherLock)
        {
            while (_owner is not null || (exclusive && _readers > 0))
            {
                _machine.ThrowIfStopped();
                if (_machine.WorkQueue.SleepLocked(mayRun, Timeout.Infinite))
                {
                    return false;
                }

                _machine.ThrowIfStopped();
            }

            _owner = exclusive ? current : null;
            _readers += exclusive ? 0 : 1;
            current.HeldPushLocks++;
            return true;
        }
    }
}
