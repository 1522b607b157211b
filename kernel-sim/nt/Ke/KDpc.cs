namespace KernelSim.Nt.Ke;

/// <summary>A deferred procedure call, KDPC: code that runs later at DISPATCH_LEVEL on a given processor.</summary>
public sealed class KDpc
{
    private readonly Machine _machine;
    private readonly Action<KeThread> _routine;
    private int _queued;
    private KeProcessor? _target;

    /// <summary>Creates a DPC.</summary>
    /// <param name="machine">The machine that it belongs to.</param>
    /// <param name="routine">Runs at DISPATCH_LEVEL on the processor that it was queued to, on behalf of no process.</param>
    public KDpc(Machine machine, Action<KeThread> routine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(routine);
        _machine = machine;
        _routine = routine;
    }

    /// <summary>The next DPC in its processor's queue; guarded by that queue's lock.</summary>
    internal KDpc? Next { get; set; }

    internal string Name => _routine.Method.Name;

    /// <summary>Request id of the queuing thread, so that a trace ties the DPC's actions to their cause.</summary>
    internal ulong RequestId { get; private set; }

    /// <summary>Queues it to a processor: <c>KeInsertQueueDpc</c>. False if it is already queued.</summary>
    /// <remarks>
    /// It runs when that processor next lowers below DISPATCH_LEVEL. If no thread is there at DISPATCH_LEVEL, the inserting thread runs it
    /// itself, on that processor, as soon as it is below DISPATCH_LEVEL. It needs no host thread of its own, so runs repeat exactly.
    /// </remarks>
    public bool Insert(KeThread current, int processor)
    {
        ArgumentNullException.ThrowIfNull(current);
        KeProcessor target = _machine.ProcessorAt(processor);
        if (Interlocked.CompareExchange(ref _queued, 1, 0) != 0)
        {
            return false;
        }

        _target = target;
        RequestId = current.RequestId;
        target.Enqueue(this);
        DpcDispatcher.Queued(current, target);
        return true;
    }

    /// <summary>Removes it from its queue: <c>KeRemoveQueueDpc</c>. True if it was queued and will not run.</summary>
    public bool Remove() => Volatile.Read(ref _target) is { } target && target.Remove(this);

    internal void MarkDequeued() => Volatile.Write(ref _queued, 0);

    internal void Run(KeThread current) => _routine(current);
}
