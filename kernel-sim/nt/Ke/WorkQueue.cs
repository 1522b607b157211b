using System.Diagnostics;

namespace KernelSim.Nt.Ke;

/// <summary>
/// Work that waits for PASSIVE_LEVEL, and the system workers that do it. Whoever leaves the kernel, waits in it, or moves the clock gives
/// its turn to what can run, first come, first served; so single-threaded runs repeat exactly.
/// </summary>
/// <remarks>
/// Nothing runs on the stack of a thread that gives its turn: an item has a worker, and one that waits gives the turn back. What the item
/// waits for may therefore be anything that lies lower on the stack of the thread, except on a host without threads: there the worker is on that
/// stack too. The dispatcher lock guards the workers that wait, the queue's lock everything else.
/// </remarks>
internal sealed class WorkQueue(Machine machine)
{
    // How often one stay in the kernel continues the same worker: two items that signal each other forever must not keep a thread there.
    private const int MaxContinuations = 1000;

    private static readonly TimeSpan s_settleLimit = TimeSpan.FromSeconds(5);

    private readonly Queue<IWorkItem> _items = new();
    private readonly List<SystemWorker> _runnable = [];
    private readonly List<SystemWorker> _waiting = [];
    private readonly List<SystemWorker> _idle = [];
    private HostSpinLock _lock = new(LockRank.WorkQueue);
    private int _count;
    private int _sleepers;
    private int _unattended;
    private int _workers;
    private long _drains;
    private long _order;

    /// <summary>Appends an item.</summary>
    public void Enqueue(IWorkItem item)
    {
        _lock.Enter();
        item.Order = _order++;
        _items.Enqueue(item);
        Count();
        _lock.Exit();

        // Either the one who goes to sleep sees the item, or we see the sleeper.
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
    /// Runs what is queued, and what that queues, on a thread at PASSIVE_LEVEL. An item that is queued again while this runs has to wait for
    /// the next time, so that an item that always queues itself does not keep the thread forever.
    /// </summary>
    public void Drain(KeThread current)
    {
        int entitled = Volatile.Read(ref _count);
        if (entitled == 0)
        {
            return;
        }

        long drain = Interlocked.Increment(ref _drains);
        while (!machine.IsStopped && TryDequeue(drain, entitled-- > 0, out IWorkItem? item, out SystemWorker? worker))
        {
            Run(current, item, worker);
        }
    }

    /// <summary>
    /// What a thread does that has no reason to sleep in <see cref="SleepLocked"/>: it gives its turn to what came first. A worker has got its
    /// turn from somebody, and gives it back.
    /// </summary>
    public void GiveTurn(KeThread current)
    {
        if (current.Worker is { IsSuspended: true } suspended)
        {
            suspended.Park();
        }
        else if (TryDequeue(long.MaxValue, entitled: true, out IWorkItem? item, out SystemWorker? worker))
        {
            Run(current, item, worker);
        }
    }

    /// <summary>Whether the calling thread is the host's only one and has no work to do while it waits: nobody can end its wait.</summary>
    public bool IsAlone => !HostConcurrency.HasThreads && Volatile.Read(ref _count) == 0;

    /// <summary>
    /// With the dispatcher lock held: sleeps until that is pulsed, until something can run, or for so many milliseconds. True when the
    /// thread is to call <see cref="GiveTurn"/>, without the lock, before it looks again.
    /// </summary>
    /// <param name="current">The thread that waits.</param>
    /// <param name="isOver">For a worker: whether the wait is over; called with the dispatcher lock held. Null for other threads.</param>
    /// <param name="milliseconds">How long.</param>
    public bool SleepLocked(KeThread current, Func<bool>? isOver, int milliseconds)
    {
        if (!HostConcurrency.HasThreads)
        {
            return true;
        }

        if (current.Worker is { } worker)
        {
            if (worker.IsAttended || Volatile.Read(ref _count) == 0)
            {
                _unattended -= worker.Suspend(isOver!, milliseconds) ? 0 : 1;
                _waiting.Add(worker);
                Monitor.PulseAll(machine.DispatcherLock);
            }

            return true;
        }

        Interlocked.Increment(ref _sleepers);
        if (Volatile.Read(ref _count) == 0)
        {
            Monitor.Wait(machine.DispatcherLock, milliseconds);
        }

        Interlocked.Decrement(ref _sleepers);
        return Volatile.Read(ref _count) != 0;
    }

    /// <summary>
    /// Lets all who wait look again; workers whose wait is over can run. With the dispatcher lock held.
    /// </summary>
    /// <returns>Whether there are such workers.</returns>
    public bool PulseLocked()
    {
        bool any = false;
        for (int i = 0; i < _waiting.Count;)
        {
            SystemWorker worker = _waiting[i];
            if (!worker.IsOver())
            {
                i++;
                continue;
            }

            _waiting.RemoveAt(i);
            any = true;
            _lock.Enter();
            worker.Order = _order++;
            _runnable.Add(worker);
            Count();
            _lock.Exit();
        }

        Monitor.PulseAll(machine.DispatcherLock);
        return any;
    }

    /// <summary>
    /// What signals something from outside the kernel stays in it for a moment: nobody else need come by to continue the worker that waited.
    /// </summary>
    public void ServeFromOutside()
    {
        if (!machine.IsStopped && !machine.IsDisposed && machine.ThreadInKernel() is null)
        {
            machine.EnterKernel().Dispose();
        }
    }

    /// <summary>The machine has stopped: workers that wait go on by themselves, and unwind. With the dispatcher lock held.</summary>
    public void ReleaseAllLocked()
    {
        List<SystemWorker> released = [.. _waiting];
        _waiting.Clear();
        _lock.Enter();
        released.AddRange(_runnable);
        _runnable.Clear();
        Count();
        _lock.Exit();
        foreach (SystemWorker worker in released)
        {
            _unattended++;
            worker.GoOn();
        }
    }

    /// <summary>
    /// Runs what can run, and waits for workers that run by themselves or wait with a timeout, but not longer than a limit: an item that polls
    /// never ends.
    /// </summary>
    public void Settle(KeThread current)
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            Drain(current);
        }
        while (AwaitUnattended(began));
    }

    /// <summary>Waits until no worker runs by itself.</summary>
    public void AwaitUnwound()
    {
        lock (machine.DispatcherLock)
        {
            while (_unattended > 0)
            {
                Monitor.Wait(machine.DispatcherLock);
            }
        }
    }

    /// <summary>Reports the items that have not ended.</summary>
    public void ReportLeaks(List<string> leaks)
    {
        lock (machine.DispatcherLock)
        {
            leaks.AddRange(_waiting.Select(w => $"work item '{w.ItemName}': still waits"));
            if (_unattended > 0)
            {
                leaks.Add($"{_unattended} work items: still running");
            }
        }
    }

    /// <summary>Whether an item has not ended.</summary>
    public bool HasUnfinished
    {
        get
        {
            lock (machine.DispatcherLock)
            {
                return _waiting.Count != 0 || _unattended > 0;
            }
        }
    }

    /// <summary>Ends the workers' host threads. None has an item any more.</summary>
    public void Close()
    {
        _lock.Enter();
        SystemWorker[] idle = [.. _idle];
        _idle.Clear();
        _lock.Exit();
        Array.ForEach(idle, w => w.GoOn());
    }

    /// <summary>A worker's time is over before anybody has given it its turn: it runs by itself. False when somebody is about to.</summary>
    internal bool TryClaim(SystemWorker worker)
    {
        lock (machine.DispatcherLock)
        {
            bool mine = _waiting.Remove(worker);
            if (!mine)
            {
                _lock.Enter();
                mine = _runnable.Remove(worker);
                Count();
                _lock.Exit();
            }

            _unattended += mine ? 1 : 0;
            return mine;
        }
    }

    /// <summary>A worker has done its item.</summary>
    internal void BecomeIdle(SystemWorker worker, bool wasUnattended)
    {
        _lock.Enter();
        _idle.Add(worker);
        _lock.Exit();
        if (wasUnattended)
        {
            lock (machine.DispatcherLock)
            {
                _unattended--;
                Monitor.PulseAll(machine.DispatcherLock);
            }
        }
    }

    /// <summary>An idle worker goes. False when it has been given an item, or has been ended.</summary>
    internal bool TryRetire(SystemWorker worker)
    {
        _lock.Enter();
        bool mine = _idle.Remove(worker);
        _lock.Exit();
        return mine;
    }

    /// <summary>Waits while there is nobody to give the turn to, but will be. False when there is none to wait for.</summary>
    private bool AwaitUnattended(long began)
    {
        lock (machine.DispatcherLock)
        {
            bool any = false;
            while (!machine.IsStopped && (_unattended > 0 || _waiting.Exists(w => w.HasTimeout)))
            {
                TimeSpan left = s_settleLimit - Stopwatch.GetElapsedTime(began);
                if (left <= TimeSpan.Zero)
                {
                    return false;
                }

                any = true;
                if (Volatile.Read(ref _count) != 0)
                {
                    return true;
                }

                Monitor.Wait(machine.DispatcherLock, left);
            }

            return any;
        }
    }

    private void Run(KeThread current, IWorkItem? item, SystemWorker? worker)
    {
        if (item is { NeverWaits: true } && current.Irql == Irql.Passive)
        {
            item.RunInPlace(current);
            return;
        }

        (worker ?? TakeIdle()).TakeTurn(current, item);
    }

    private SystemWorker TakeIdle()
    {
        _lock.Enter();
        SystemWorker? worker = null;
        if (_idle.Count > 0)
        {
            worker = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
        }

        _lock.Exit();
        return worker ?? new SystemWorker(machine, this, Interlocked.Increment(ref _workers));
    }

    private bool TryDequeue(long drain, bool entitled, out IWorkItem? item, out SystemWorker? worker)
    {
        (item, worker) = (null, null);
        _lock.Enter();
        bool mayItem = _items.TryPeek(out IWorkItem? first) && (entitled || first.LastDrain < drain);
        SystemWorker? next = _runnable.Find(w => w.MayContinue(drain, MaxContinuations));
        if (next is not null && (!mayItem || next.Order < first!.Order))
        {
            _runnable.Remove(next);
            next.CountContinuation(drain);
            worker = next;
        }
        else if (mayItem)
        {
            item = _items.Dequeue();
            item.LastDrain = Math.Max(item.LastDrain, drain == long.MaxValue ? 0 : drain);
        }

        Count();
        _lock.Exit();
        return item is not null || worker is not null;
    }

    private void Count() => Volatile.Write(ref _count, _items.Count + _runnable.Count);
}
