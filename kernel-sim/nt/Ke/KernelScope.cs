namespace KernelSim.Nt.Ke;

/// <summary>A stay in the kernel; disposing it returns to user mode (or to the outer stay).</summary>
public readonly ref struct KernelScope : IDisposable
{
    /// <summary>The thread's kernel context.</summary>
    public KeThread Thread => throw null!;

    /// <summary>Leaves the kernel.</summary>
    public void Dispose() => throw null!;
}
