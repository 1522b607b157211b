using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

/// <summary>A held push lock; disposing it releases the lock.</summary>
public readonly ref struct PushLockScope : IDisposable
{
    private readonly ExPushLock _lock;
    private readonly KeThread? _owner;

    internal PushLockScope(ExPushLock pushLock, KeThread? owner)
    {
        _lock = pushLock;
        _owner = owner;
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _lock.Release(_owner);
}
