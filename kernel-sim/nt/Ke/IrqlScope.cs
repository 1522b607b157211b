using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>A raised IRQL; disposing it restores the previous level.</summary>
public readonly ref struct IrqlScope : IDisposable
{
    private readonly KeThread _thread;
    private readonly Irql _before;
    private readonly Irql _level;

    internal IrqlScope(KeThread thread, Irql before, Irql level)
    {
        _thread = thread;
        _before = before;
        _level = level;
    }

    /// <summary>Lowers the IRQL. Leaving DISPATCH_LEVEL runs the DPCs queued to this processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose() => _thread.LowerFrom(_level, _before);
}
