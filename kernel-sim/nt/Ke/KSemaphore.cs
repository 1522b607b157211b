namespace KernelSim.Nt.Ke;

/// <summary>A semaphore, KSEMAPHORE: as many waiters pass as were let in, up to a limit at a time.</summary>
public sealed class KSemaphore : KDispatcherObject
{
    private readonly int _limit;
    private int _count;

    /// <summary>Makes a semaphore: <c>KeInitializeSemaphore</c>.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="count">How many waits it satisfies to begin with.</param>
    /// <param name="limit">The most that it can ever satisfy at a time; at least 1.</param>
    public KSemaphore(Machine machine, int count, int limit)
        : base(machine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, limit);
        _count = count;
        _limit = limit;
    }

    /// <summary>How many waits it would satisfy: <c>KeReadStateSemaphore</c>.</summary>
    public int State => Volatile.Read(ref _count);

    /// <summary>Lets more waiters pass: <c>KeReleaseSemaphore</c>.</summary>
    /// <param name="adjustment">How many; at least 1.</param>
    /// <param name="before">The count before.</param>
    /// <returns>False, and nothing changes, when the limit would be exceeded: STATUS_SEMAPHORE_LIMIT_EXCEEDED.</returns>
    public bool TryRelease(int adjustment, out int before)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(adjustment, 1);
        lock (Machine.DispatcherLock)
        {
            before = _count;
            if (adjustment > _limit - _count)
            {
                return false;
            }

            _count += adjustment;
            PulseLocked();
            return true;
        }
    }

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
