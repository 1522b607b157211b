using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>A held spin lock; disposing it releases the lock, then restores the IRQL.</summary>
public readonly ref struct SpinLockScope : IDisposable
{
    private readonly ref KSpinLock _lock;
    private readonly KeThread _thread;
    private readonly Irql _before;

    internal SpinLockScope(ref KSpinLock spinLock, KeThread thread, Irql before)
    {
        _lock = ref spinLock;
        _thread = thread;
        _before = before;
    }

    /// <summary>Releases the lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose() => _lock.Release(_thread, _before);
}
