namespace KernelSim.Nt.Ob;

/// <summary>The number of live objects of one type.</summary>
internal sealed class ObjectTypeCount
{
    private long _count;

    public long Value => Volatile.Read(ref _count);

    public void Increment() => Interlocked.Increment(ref _count);

    public void Decrement() => Interlocked.Decrement(ref _count);
}
