using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>
/// Work that waits for PASSIVE_LEVEL. There are no worker threads: a thread that leaves the kernel, waits in it, or moves the clock runs
/// the queued items, first in first out, so that single-threaded runs repeat exactly.
/// </summary>
/// <remarks>
/// A thread that holds a push lock runs nothing while it waits: the item may need that very lock. Threads that sleep without one are woken
/// when an item is queued.
/// </remarks>
internal sealed class WorkQueue(Machine machine)
{
    private readonly Queue<ExWorkItem> _items = new();
    private HostSpinLock _lock;
    private int _count;
    private int _sleepers;
    private long _drains;

    public void Enqueue(ExWorkItem item)
    {
        _lock.Enter();
        _items.Enqueue(item);
        Volatile.Write(ref _count, _items.Count);
        _lock.Exit();

        // Either the thread that is about to sleep sees the item, or we see the sleeper.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleepers) != 0)
        {
            lock (machine.DispatcherLock)
            {
                Monitor.PulseAll(machine.DispatcherLock);
            }
        }
    }

    /// <summary>
    /// Runs the queued items, and those that they queue, on a thread at PASSIVE_LEVEL. An item that is queued again during the drain waits for
    /// the next one, so that an item that always requeues itself does not occupy the thread forever.
    /// </summary>
    public void Drain(KeThread current)
    {
        int entitled = Volatile.Read(ref _count);
        if (entitled == 0)
        {
            return;
        }

        long drain = Interlocked.Increment(ref _drains);
        while (!machine.IsStopped && TryDequeue(drain, entitled-- > 0) is { } item)
        {
            item.Run(current);
        }
    }

    /// <summary>Whether a thread that must wait may run items meanwhile.</summary>
    public static bool MayRun(KeThread current) => current.Irql == Irql.Passive && current.HeldPushLocks == 0;

    /// <summary>Runs the oldest item, if there is one.</summary>
    public void RunOne(KeThread current)
    {
        if (TryDequeue(long.MaxValue, entitled: true) is { } item)
        {
            item.Run(current);
        }
    }

    /// <summary>
    /// Sleeps, with the dispatcher lock held, until the lock is pulsed or the milliseconds have passed; a thread that may run items also wakes
    /// when one is queued. True if there is an item for it to run, outside the lock.
    /// </summary>
    public bool SleepLocked(bool mayRun, int milliseconds)
    {
        if (!mayRun)
        {
            Monitor.Wait(machine.DispatcherLock, milliseconds);
            return false;
        }

        Interlocked.Increment(ref _sleepers);
        if (Volatile.Read(ref _count) == 0)
        {
            Monitor.Wait(machine.DispatcherLock, milliseconds);
        }

        Interlocked.Decrement(ref _sleepers);
        return Volatile.Read(ref _count) != 0;
    }

    private ExWorkItem? TryDequeue(long drain, bool entitled)
    {
        _lock.Enter();
        ExWorkItem? item = null;
        if (_items.TryPeek(out ExWorkItem? first) && (entitled || first.LastDrain < drain))
        {
            item = _items.Dequeue();
            item.LastDrain = Math.Max(item.LastDrain, drain == long.MaxValue ? 0 : drain);
            Volatile.Write(ref _count, _items.Count);
        }

        _lock.Exit();
        return item;
    }
}
