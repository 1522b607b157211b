using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>
/// Work that waits for PASSIVE_LEVEL. There are no worker threads: whoever leaves the kernel, waits in it, or moves the clock runs what
/// is queued, first in first out, so that single-threaded runs repeat exactly.
/// </summary>
internal sealed class WorkQueue(Machine machine)
{
    private readonly Queue<ExWorkItem> _items = new();
    private HostSpinLock _lock;
    private int _count;

    public void Enqueue(ExWorkItem item)
    {
        _lock.Enter();
        _items.Enqueue(item);
        Volatile.Write(ref _count, _items.Count);
        _lock.Exit();
    }

    /// <summary>Runs what is queued, on a thread at PASSIVE_LEVEL.</summary>
    public void Drain(KeThread current)
    {
        while (Volatile.Read(ref _count) != 0 && !machine.IsStopped && TryDequeue() is { } item)
        {
            item.Run(current);
        }
    }

    private ExWorkItem? TryDequeue()
    {
        _lock.Enter();
        _items.TryDequeue(out ExWorkItem? item);
        Volatile.Write(ref _count, _items.Count);
        _lock.Exit();
        return item;
    }
}
