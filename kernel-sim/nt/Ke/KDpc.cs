namespace KernelSim.Nt.Ke;

/// <summary>A deferred procedure call, KDPC: code that a processor runs at DISPATCH_LEVEL soon.</summary>
public sealed class KDpc
{
    private readonly Machine _machine;
    private readonly Action<KeThread> _routine;
    private int _queued;
    private KeProcessor? _target;

    /// <summary>Makes a DPC.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="routine">Runs at DISPATCH_LEVEL on the processor it was queued to, on behalf of no process.</param>
    public KDpc(Machine machine, Action<KeThread> routine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(routine);
        _machine = machine;
        _routine = routine;
    }

    /// <summary>The next in its processor's queue; that queue's lock guards it.</summary>
    internal KDpc? Next { get; set; }

    internal string Name => _routine.Method.Name;

    /// <summary>The request of the thread that queued it, so that a trace ties what it does to its cause.</summary>
    internal ulong RequestId { get; private set; }

    /// <summary>Queues it to a processor: <c>KeInsertQueueDpc</c>. False when it is queued already.</summary>
    /// <remarks>
    /// It runs when that processor next lowers below DISPATCH_LEVEL; if nobody is there at DISPATCH_LEVEL, the inserting thread runs it
    /// itself, on that processor, as soon as it is below DISPATCH_LEVEL. No host thread of its own is needed, so runs repeat exactly.
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

    /// <summary>Takes it off its queue: <c>KeRemoveQueueDpc</c>. True when it was queued and will not run.</summary>
    public bool Remove() => Volatile.Read(ref _target) is { } target && target.Remove(this);

    internal void MarkDequeued() => Volatile.Write(ref _queued, 0);

    internal void Run(KeThread current) => _routine(current);
}
