namespace KernelSim.Nt.Ke;

/// <summary>A held spin lock; disposing it releases the lock, then restores the IRQL.</summary>
public readonly ref struct SpinLockScope : IDisposable
{
    /// <summary>Releases the lock.</summary>
    public void Dispose() => throw null!;
}
