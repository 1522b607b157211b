namespace KernelSim.Nt.Ke;

/// <summary>An object for each processor, created when it is first used.</summary>
internal sealed class ProcessorLocal<T>(int processors)
    where T : class, new()
{
    private readonly T?[] _objects = new T?[processors];

    /// <summary>
    /// All objects, null for those that do not exist yet. A thread that creates one later sees everything that the caller has written before.
    /// </summary>
    public ReadOnlySpan<T?> All
    {
        get
        {
            Interlocked.MemoryBarrier();
            return _objects;
        }
    }

    /// <summary>The object of a processor.</summary>
    public T Of(int processor) => _objects[processor] ?? Create(processor);

    private T Create(int processor)
    {
        T created = new();
        return Interlocked.CompareExchange(ref _objects[processor], created, null) ?? created;
    }
}
