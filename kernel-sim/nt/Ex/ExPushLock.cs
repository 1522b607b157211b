using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>
/// A push lock, EX_PUSH_LOCK: one writer or many readers, acquired below DISPATCH_LEVEL because it blocks. Not recursive.
/// </summary>
/// <remarks>
/// Lock order: a push lock comes before every spin lock (a thread that holds a spin lock may not block). A thread that acquires it exclusively
/// twice would deadlock; it bugchecks with KERNEL_SECURITY_CHECK_FAILURE instead.
/// </remarks>
public sealed class ExPushLock
{
    private readonly Machine _machine;
    private readonly byte _rank;
    private KeThread? _owner; // guarded by the dispatcher lock, as _readers
    private int _readers;

    /// <summary>Creates a free lock: <c>ExInitializePushLock</c>.</summary>
    /// <param name="machine">The machine on which it is used.</param>
    /// <param name="rank">Its place in the lock order, before those of all spin locks; by default it has none.</param>
    public ExPushLock(Machine machine, LockRank rank = default)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
        _rank = rank.Number;
    }

    /// <summary>Acquires the lock for this thread alone, waiting if necessary: <c>ExAcquirePushLockExclusive</c>.</summary>
    public PushLockScope AcquireExclusive(KeThread current)
    {
        Require(current);
        while (!TryAcquire(current, exclusive: true))
        {
            _machine.WorkQueue.GiveTurn(current);
        }

        NoteAcquired(current);
        return new PushLockScope(this, current, exclusive: true);
    }

    /// <summary>Acquires the lock together with other readers, waiting if necessary: <c>ExAcquirePushLockShared</c>.</summary>
    public PushLockScope AcquireShared(KeThread current)
    {
        Require(current);
        while (!TryAcquire(current, exclusive: false))
        {
            _machine.WorkQueue.GiveTurn(current);
        }

        NoteAcquired(current);
        return new PushLockScope(this, current, exclusive: false);
    }

    internal void Release(KeThread current, bool exclusive)
    {
        bool held;
        if (LockOrder.IsChecked)
        {
            LockOrder.Released(current, _rank);
        }

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

            _machine.WorkQueue.PulseLocked();
        }

        if (!held && !_machine.IsStopped)
        {
            _machine.BugCheck(BugcheckCode.SpinLockNotOwned);
        }
    }

    private void NoteAcquired(KeThread current)
    {
        if (LockOrder.IsChecked)
        {
            LockOrder.Acquired(current, _rank);
        }
    }

    private void Require(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        current.RequireMayWait();

        // Only this thread can have made itself the owner.
        if (ReferenceEquals(Volatile.Read(ref _owner), current))
        {
            _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure);
        }

        if (LockOrder.IsChecked)
        {
            LockOrder.Require(current, _rank);
        }
    }

    /// <summary>Waits and acquires. False if the thread must give its turn first: the lock's holder may be waiting for a work item.</summary>
    private bool TryAcquire(KeThread current, bool exclusive)
    {
        lock (_machine.DispatcherLock)
        {
            while (!IsFreeLocked(exclusive))
            {
                _machine.ThrowIfStopped();
                if (_machine.WorkQueue.IsAlone)
                {
                    throw HostConcurrency.NobodyElse();
                }

                if (_machine.WorkQueue.SleepLocked(current, current.Worker is null ? null : IsFree(exclusive), Timeout.Infinite))
                {
                    return false;
                }

                _machine.ThrowIfStopped();
            }

            _owner = exclusive ? current : null;
            _readers += exclusive ? 0 : 1;
            return true;
        }
    }

    private bool IsFreeLocked(bool exclusive) => _owner is null && (!exclusive || _readers == 0);

    private Func<bool> IsFree(bool exclusive) => () => IsFreeLocked(exclusive);
}
