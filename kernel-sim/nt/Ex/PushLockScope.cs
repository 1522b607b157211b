using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>A held push lock; disposing it releases the lock.</summary>
public readonly ref struct PushLockScope : IDisposable
{
    private readonly ExPushLock _lock;
    private readonly KeThread _current;
    private readonly bool _exclusive;

    internal PushLockScope(ExPushLock pushLock, KeThread current, bool exclusive)
    {
        _lock = pushLock;
        _current = current;
        _exclusive = exclusive;
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _lock.Release(_current, _exclusive);
}
