namespace KernelSim.Nt.Ke;

/// <summary>An entry into the kernel; disposing it returns to user mode (or to the outer entry).</summary>
public readonly ref struct KernelScope : IDisposable
{
    private readonly KeThread? _outerThread;
    private readonly IKernelProcess? _outerProcess;
    private readonly ulong _outerRequest;
    private readonly Irql _irql;

    internal KernelScope(KeThread thread, KeThread? outerThread, IKernelProcess? outerProcess, ulong outerRequest, Irql irql)
    {
        Thread = thread;
        _outerThread = outerThread;
        _outerProcess = outerProcess;
        _outerRequest = outerRequest;
        _irql = irql;
    }

    /// <summary>The thread's kernel context.</summary>
    public KeThread Thread { get; }

    /// <summary>Leaves the kernel. Leaving the outermost entry runs the queued work items.</summary>
    public void Dispose() => Thread?.Leave(_outerThread, _outerProcess, _outerRequest, _irql);
}
