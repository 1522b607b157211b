namespace KernelSim.Nt.Ke;

/// <summary>
/// A spin lock, KSPIN_LOCK: holding it means DISPATCH_LEVEL. Lives in native memory too: all zero is free. Not recursive.
/// </summary>
public struct KSpinLock
{
    private int _owner; // processor number + 1; 0 = free

    /// <summary>Raises to DISPATCH_LEVEL and spins until the lock is this processor's.</summary>
    public SpinLockScope Acquire(KeThread current) => throw null!;
}
