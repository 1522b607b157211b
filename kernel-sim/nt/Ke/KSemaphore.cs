namespace KernelSim.Nt.Ke;

/// <summary>A semaphore, KSEMAPHORE: each release admits a number of waiters, up to a limit at a time.</summary>
public sealed class KSemaphore : KDispatcherObject
{
    private readonly int _limit;
    private int _count;

    /// <summary>Creates a semaphore: <c>KeInitializeSemaphore</c>.</summary>
    /// <param name="machine">The machine that it belongs to.</param>
    /// <param name="count">Initial number of waits that it satisfies.</param>
    /// <param name="limit">Largest number of waits that it can satisfy at a time; at least 1.</param>
    public KSemaphore(Machine machine, int count, int limit)
        : base(machine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, limit);
        _count = count;
        _limit = limit;
    }

    /// <summary>Number of waits that it would satisfy: <c>KeReadStateSemaphore</c>.</summary>
    public int State => Volatile.Read(ref _count);

    /// <summary>Releases waiters: <c>KeReleaseSemaphore</c>.</summary>
    /// <param name="adjustment">Number of waits to satisfy in addition; at least 1.</param>
    /// <param name="before">The previous count.</param>
    /// <returns>False, and nothing changes, if the limit would be exceeded: STATUS_SEMAPHORE_LIMIT_EXCEEDED.</returns>
    public bool TryRelease(int adjustment, out int before)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(adjustment, 1);
        bool isAwaited;
        lock (Machine.DispatcherLock)
        {
            before = _count;
            if (adjustment > _limit - _count)
            {
                return false;
            }

            _count += adjustment;
            isAwaited = Machine.WorkQueue.PulseLocked();
        }

        if (isAwaited)
        {
            Machine.WorkQueue.ServeFromOutside();
        }

        return true;
    }

    private protected override bool IsSignalledLocked() => _count > 0;

    private protected override bool TryConsumeLocked()
    {
        if (_count == 0)
        {
            return false;
        }

        _count--;
        return true;
    }
}
