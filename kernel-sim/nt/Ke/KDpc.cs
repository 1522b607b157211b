namespace KernelSim.Nt.Ke;

/// <summary>A deferred procedure call, KDPC: code that a processor runs at DISPATCH_LEVEL soon.</summary>
public sealed class KDpc
{
    /// <summary>Makes a DPC.</summary>
    public KDpc(Machine machine, Action<KeThread> routine)
    {
    }

    /// <summary>Queues it to a processor: <c>KeInsertQueueDpc</c>. False when it is queued already.</summary>
    /// <remarks>
    /// It runs when that processor next lowers below DISPATCH_LEVEL; if nobody is there at DISPATCH_LEVEL, the inserting thread runs it
    /// itself, on that processor, as soon as it is below DISPATCH_LEVEL. No host thread of its own is needed, so runs repeat exactly.
    /// </remarks>
    public bool Insert(KeThread current, int processor) => throw null!;
}
