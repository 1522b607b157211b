namespace KernelSim.Nt.Ke;

/// <summary>A raised IRQL; disposing it lowers to what it was before.</summary>
public readonly ref struct IrqlScope : IDisposable
{
    /// <summary>Lowers the IRQL; leaving DISPATCH_LEVEL runs the DPCs that wait for this processor.</summary>
    public void Dispose() => throw null!;
}
